using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Corrector;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;

namespace FedActors.Actors.Aggregator;

/// <content>How a run begins: what the journal holds is restored, and every client joins.</content>
public sealed partial class AggregatorActor
{
    /// <summary>
    /// Devices that were at work when the aggregator failed wait for answers. They get them when the run goes on; so does
    /// what the corrector says of updates that the journal held.
    /// </summary>
    private void KeepForLater(object message)
    {
        if (message is ClientProtocol.FetchVersion or ClientProtocol.Report or CorrectorProtocol.Corrected)
        {
            _kept.Keep(message, Sender);
        }
    }

    private void Restore(JournalProtocol.Recovered recovered)
    {
        if (recovered.Checkpoint is { } checkpoint)
        {
            if (checkpoint.Round > _plan.Settings.Rounds)
            {
                EndWith(new RunOutcome.Failed(
                    $"The run has finished {checkpoint.Round} rounds already, but its settings ask for {_plan.Settings.Rounds}.",
                    Resumable: true,
                    Cause: null));
                return;
            }

            _resumed = true;
            _boundary = checkpoint;
            _state = FederationState.From(_plan, checkpoint, _links.Disk);
            _log.Info("Resuming after round {0}", checkpoint.Round);
        }

        RestoreCorrector();
        foreach (var update in recovered.Accepted.Where(update => _state.Adopt(update.Assignment)))
        {
            Settle(update.Assignment, update.ToOutcome());
        }

        // In virtual time the same work is given again under the same ids.
        if (_resumed && !IsVirtual)
        {
            _state.Ledger.SkipUnknown();
        }
    }

    private void CallTheRoll()
    {
        _links.Devices.Tell(new DeviceProtocol.RollCall(Self));
        Timers.StartSingleTimer(RollCallTimer, Signal.RollCall, RollCallInterval);
    }

    private void Welcome(ClientProtocol.Join join)
    {
        if (join.Client < 0 || join.Client >= _plan.Settings.Data.Clients)
        {
            Sender.Tell(new ClientProtocol.Refused(join.Client, $"clients are numbered 0 to {_plan.Settings.Data.Clients - 1}"));
            return;
        }

        if (join.SampleCount != _plan.Shards[join.Client].Length)
        {
            Sender.Tell(new ClientProtocol.Refused(
                join.Client, $"it holds {join.SampleCount} images, but was dealt {_plan.Shards[join.Client].Length}"));
            return;
        }

        if (_state.Roster.Joined.TryGetValue(join.Client, out var known))
        {
            Context.Unwatch(known);
        }

        Context.WatchWith(Sender, new AggregatorProtocol.ClientGone(join.Client));
        _state.Roster.Join(join.Client, Sender);
        Sender.Tell(new ClientProtocol.Welcome(join.Client));
    }

    private void Begin()
    {
        Timers.Cancel(RollCallTimer);
        Become(Running);
        Timers.StartPeriodicTimer(RepeatTimer, Signal.RepeatWork, RepeatInterval);
        _clock = new RunClock(_links.Time, _state.Counters.WallSeconds, _state.Now);
        _lastCheckpoint = _links.Time.GetTimestamp();
        foreach (var evaluation in _state.Evaluations.Values)
        {
            RequestEvaluation(evaluation);
        }

        if (!_resumed)
        {
            StartRound();
        }
        else if (_state.Round == _plan.Settings.Rounds)
        {
            Finish();
        }
        else
        {
            ContinueRound();
            FillUp();
            CloseRoundIfComplete();
        }

        Advance();
        Stash.Prepend(_kept.TakeAll());
        Stash.UnstashAll();
    }
}
