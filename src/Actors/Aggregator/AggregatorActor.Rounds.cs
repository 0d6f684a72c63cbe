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
        KeepBoundary();
        ContinueRound(_state.Ledger.Open.Where(assignment => assignment.Round == _state.Round));
    }

    /// <summary>Sends the work of a round that begins, or of one that a checkpoint holds, and sets its end.</summary>
    private void ContinueRound(IEnumerable<Assignment>? work = null)
    {
        foreach (var assignment in work ?? _state.Ledger.Open)
        {
            if (IsVirtual)
            {
                _timeline.Expect(assignment);
            }

            Send(assignment);
        }

        var settings = _plan.Settings;
        var tally = _state.Tally;
        if (Cadence.ClosesAfter(settings.Cadence, settings.RoundDuration, tally.Assigned) is { } duration)
        {
            SetRoundEnd(tally.Round, duration);
        }

        if (settings.Cadence is { Policy: CadencePolicy.Synchronous, Deadline: { } deadline } && tally.Assigned > 0)
        {
            SetDeadline(tally.Round, deadline);
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
                assignment.Id, assignment.Client, assignment.BaseVersion, _plan.Settings.Training));
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
        while (_state.Round < _plan.Settings.Rounds && _timeline.TryTake(out var next, out var at, out var outcome))
        {
            _state.AdvanceTo(at);
            switch (next)
            {
                case TimelineEvent.Arrival arrival:
                    _state.Settle(arrival.Assignment, outcome!);
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
        if (Cadence.Closes(_plan.Settings.Cadence, _state.Tally))
        {
            CloseRound();
        }
    }

    private void CloseRound()
    {
        Timers.Cancel(RoundTimer);
        Timers.Cancel(DeadlineTimer);
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
