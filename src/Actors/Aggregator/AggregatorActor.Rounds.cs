using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;

namespace FedActors.Actors.Aggregator;

/// <content>How rounds begin, go on and close, in virtual time and on the wall clock.</content>
public sealed partial class AggregatorActor
{
    private void StartRound()
    {
        _state.GiveWork();
        _boundary = _state.ToCheckpoint(_clock.WallSeconds);
        if (_checkpointsUnderWay == 0)
        {
            _state.Versions.ForgetReleased();
        }

        KeepBoundary();
        ContinueRound(_state.Ledger.Open.Where(assignment => assignment.Round == _state.Round));
    }

    /// <summary>Sends the work of a round that begins, or of one that a checkpoint holds, and sets its end.</summary>
    private void ContinueRound(IEnumerable<Assignment>? work = null)
    {
        Begin(work ?? _state.Ledger.Open);
        var settings = _plan.Settings;
        var tally = _state.Tally;
        if (Cadence.ClosesAfter(settings.Cadence, settings.RoundDuration, AtWork) is { } duration)
        {
            SetRoundEnd(tally.Round, duration);
        }

        if (settings.Cadence is { Policy: CadencePolicy.Synchronous, Deadline: { } deadline } && tally.Assigned > 0)
        {
            SetDeadline(tally.Round, deadline);
        }
    }

    /// <summary>Assignments that can still end the round.</summary>
    private int AtWork => _plan.Settings.Cadence.ClosingBuffer is null ? _state.Tally.Assigned : _state.Ledger.Open.Count;

    private void Begin(IEnumerable<Assignment> work)
    {
        foreach (var assignment in work)
        {
            if (IsVirtual)
            {
                _timeline.Expect(assignment);
            }

            Send(assignment);
        }
    }

    /// <summary>
    /// Follows up ended work with new, where the selection keeps a number of clients at work. Where a buffer waits and
    /// nobody can fill it, the round passes, so that devices can return.
    /// </summary>
    private void FillUp()
    {
        if (_closing || WouldClose)
        {
            // Who is chosen next starts from the version that is about to be made.
            return;
        }

        Begin(_state.FillUp());
        if (_plan.Settings.Cadence.ClosingBuffer is not null && _state.Ledger.Open.Count == 0)
        {
            SetRoundEnd(_state.Round, _plan.Settings.RoundDuration);
        }
    }

    private void SetRoundEnd(int round, TimeSpan after)
    {
        if (IsVirtual)
        {
            _timeline.EndRound(round, _state.Now + after);
        }
        else
        {
            Timers.StartSingleTimer(RoundTimer, Signal.RoundEnds, after);
        }
    }

    private void SetDeadline(int round, TimeSpan after)
    {
        if (IsVirtual)
        {
            _timeline.PassDeadline(round, _state.Now + after);
        }
        else
        {
            Timers.StartSingleTimer(DeadlineTimer, Signal.DeadlinePasses, after);
        }
    }

    private void Send(Assignment assignment)
    {
        if (_state.Roster.Joined.TryGetValue(assignment.Client, out var client))
        {
            client.Tell(new ClientProtocol.Assign(
                assignment.Id, assignment.Client, assignment.Handed, assignment.Round, _plan.Settings.Training));
        }
    }

    /// <summary>Sends open work again, in case it was lost on its way. Clients know what they have.</summary>
    private void RepeatAssignments(Func<Assignment, bool> chosen)
    {
        foreach (var assignment in _state.Ledger.Open.Where(open => chosen(open) && !_timeline.IsResolved(open.Id)))
        {
            Send(assignment);
        }
    }

    /// <summary>Processes virtual events as far as their outcomes are known.</summary>
    private void Advance()
    {
        while (!_closing && _state.Round < _plan.Settings.Rounds && _timeline.TryTake(out var next, out var at, out var outcome))
        {
            _state.AdvanceTo(at);
            switch (next)
            {
                case TimelineEvent.Arrival arrival:
                    Settle(arrival.Assignment, outcome!);
                    FillUp();
                    CloseRoundIfComplete();
                    break;
                case TimelineEvent.RoundEnd end when end.Round == _state.Round:
                    CloseRound();
                    break;
                case TimelineEvent.Deadline deadline when deadline.Round == _state.Round:
                    PassDeadline();
                    break;
            }
        }
    }

    private void PassDeadline()
    {
        _state.PassDeadline();
        CloseRoundIfComplete();
    }

    private void CloseRoundIfComplete()
    {
        if (WouldClose)
        {
            CloseRound(onlyIfComplete: true);
        }
    }

    private bool WouldClose => Cadence.Closes(_plan.Settings.Cadence, _state.Tally, Buffered);

    /// <summary>
    /// Updates that the next version will be made of. In virtual time those count that the corrector works on: time stands
    /// still until they are there.
    /// </summary>
    private int Buffered => _state.Model.Ready + (IsVirtual ? _state.Model.Pending : 0);

    private void CloseRound(bool onlyIfComplete = false)
    {
        if (_closing)
        {
            return;
        }

        Timers.Cancel(RoundTimer);
        Timers.Cancel(DeadlineTimer);
        _closing = true;
        _onlyIfComplete = onlyIfComplete;
        GoOnClosing();
    }

    /// <summary>
    /// The corrector dropped what had filled the buffer, so that the round goes on, as it would have if the answer had come
    /// before the buffer seemed full: which was first may not matter.
    /// </summary>
    private void ReopenRound()
    {
        _closing = false;
        FillUp();
    }

    /// <summary>Makes the next version of what is ready, asks for an evaluation where one is due, and begins the next round.</summary>
    private void FinishClosing()
    {
        _closing = false;
        _closingTo = null;
        if (_state.CloseRound(_clock.WallSeconds) is { } evaluation)
        {
            RequestEvaluation(evaluation);
        }

        TellProgress(_state.LastEvaluation);
        if (_state.Round == _plan.Settings.Rounds)
        {
            _boundary = _state.ToCheckpoint(_clock.WallSeconds);
            Save(_boundary);
            Finish();
            return;
        }

        StartRound();
    }

    private void AdvanceWallClock() => _state.AdvanceTo(_clock.FederationTime);
}
