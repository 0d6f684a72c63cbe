using Akka.Actor;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;

namespace FedActors.Actors.Aggregator;

/// <content>What leaves the aggregator: evaluations, progress, checkpoints and the end.</content>
public sealed partial class AggregatorActor
{
    private void RequestEvaluation(PendingEvaluation evaluation) =>
        _links.Evaluator.Tell(new EvaluatorProtocol.Evaluate(evaluation.Round, _state.Versions.Find(evaluation.Version)!));

    private void Enter(EvaluatorProtocol.Evaluated evaluated)
    {
        var records = _state.CompleteEvaluation(evaluated.Round, evaluated.Result, evaluated.Seconds);
        if (records.Count == 0)
        {
            return;
        }

        foreach (var record in records)
        {
            _links.Journal.Tell(new JournalProtocol.AppendRound(record));
            TellProgress(record);
        }

        // If the boundary is saved from here on, the results hold these lines already.
        _boundary = _boundary! with { Evaluations = [.. _state.Evaluations.Values], LastEvaluation = _state.LastEvaluation };
        if (_state.Round == _plan.Settings.Rounds)
        {
            Finish();
        }
    }

    /// <summary>Waits for the last evaluations, then has the results written.</summary>
    private void Finish()
    {
        Become(Finishing);
        if (_state.Evaluations.Count == 0)
        {
            _links.Journal.Tell(new JournalProtocol.Finish(_state.Model.Parameters, Summarize(_state.LastEvaluation!)));
        }
    }

    private RunSummary Summarize(RoundRecord last) => new()
    {
        Name = _plan.Settings.Name,
        Policy = _plan.Settings.Staleness.Policy.Name,
        Seed = _plan.Settings.Seed,
        Network = _plan.Network.Name,
        Device = _plan.Device.Name,
        Parameters = _plan.Network.Layout.Count,
        Dataset = _plan.Data.Name,
        Rounds = _state.Round,
        FinalAccuracy = last.Accuracy,
        FinalLoss = last.Loss,
        ClassAccuracy = last.ClassAccuracy,
        VirtualSeconds = last.VirtualSeconds,
        SwitchRound = _state.SwitchRound,
        Counters = _state.Counters with { WallSeconds = _clock.WallSeconds },
    };

    /// <summary>
    /// Saves the beginning of the round where it is time to. On the wall clock that is every round: the log of
    /// accepted updates refers to assignments that a checkpoint must know.
    /// </summary>
    private void KeepBoundary()
    {
        var due = !IsVirtual
            || _boundary!.Round == 0
            || _links.Time.GetElapsedTime(_lastCheckpoint) >= _plan.Settings.Journal.Interval;
        if (due && (!IsVirtual || _checkpointsUnderWay == 0))
        {
            Save(_boundary!);
        }
    }

    private void Save(Checkpoint checkpoint)
    {
        _checkpointsUnderWay++;
        _lastCheckpoint = _links.Time.GetTimestamp();
        _links.Journal.Tell(new JournalProtocol.SaveCheckpoint(checkpoint));
    }

    /// <summary>
    /// In virtual time the beginning of the round is saved. On the wall clock it has been: saving it once more would
    /// begin a new log and forget the updates accepted since.
    /// </summary>
    private void Interrupt()
    {
        Become(Interrupting);
        if (IsVirtual)
        {
            Save(_boundary!);
        }

        EndWhenSaved();
    }

    private void EndWhenSaved()
    {
        if (_checkpointsUnderWay == 0)
        {
            EndWith(new RunOutcome.Interrupted(_boundary!.Round));
        }
    }

    private void TellProgress(RoundRecord? lastEvaluation) => Context.Parent.Tell(new AggregatorProtocol.Progressed(new RunProgress
    {
        Round = _state.Round,
        Rounds = _plan.Settings.Rounds,
        Version = _state.Model.Version,
        FederationTime = _state.Now,
        LastEvaluation = lastEvaluation,
        Counters = _state.Counters with { WallSeconds = _clock.WallSeconds },
        DevicesAway = _state.Roster.AwayUntil.Count,
    }));

    private void EndWith(RunOutcome outcome)
    {
        Timers.CancelAll();
        Become(static _ => { });
        Context.Parent.Tell(new AggregatorProtocol.Ended(outcome));
    }
}
