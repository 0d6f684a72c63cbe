using System.Collections.Immutable;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Models.Training;

namespace FedActors.Actors.Aggregator;

/// <summary>All that changes in the course of a run, and its translation to and from checkpoints.</summary>
public sealed class FederationState
{
    private readonly FederationPlan _plan;
    private readonly SortedDictionary<int, PendingEvaluation> _evaluations = [];
    private readonly Dictionary<int, EvaluationResult> _answers = [];

    /// <summary>The state of a run at its start.</summary>
    public FederationState(FederationPlan plan)
    {
        _plan = plan;
        var settings = plan.Settings;
        Model = new GlobalModel(plan.Network.Initialize(settings.Seed), settings.Staleness, settings.Aggregation);
        Versions.Add(Model.Version, Model.Parameters);
    }

    /// <summary>The global model.</summary>
    public GlobalModel Model { get; }

    /// <summary>Versions that someone needs: the current one, base versions of open work, versions to be measured.</summary>
    public VersionStore Versions { get; } = new();

    /// <summary>Open work.</summary>
    public AssignmentLedger Ledger { get; } = new();

    /// <summary>The clients.</summary>
    public Roster Roster { get; } = new();

    /// <summary>Evaluations without an answer, by round.</summary>
    public IReadOnlyDictionary<int, PendingEvaluation> Evaluations => _evaluations;

    /// <summary>Rounds finished.</summary>
    public int Round { get; private set; }

    /// <summary>Federation time.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Where the current round stands.</summary>
    public RoundTally Tally { get; private set; } = new(0, 0, 0, 0, DeadlinePassed: false);

    /// <summary>Where round-robin selection goes on.</summary>
    public int SelectionCursor { get; private set; }

    /// <summary>Counts since the last evaluation.</summary>
    public RoundStatistics Statistics { get; private set; } = RoundStatistics.Zero;

    /// <summary>Totals of the run; wall-clock time up to the last checkpoint.</summary>
    public RunCounters Counters { get; private set; } = RunCounters.Zero;

    /// <summary>The newest evaluation with an answer.</summary>
    public RoundRecord? LastEvaluation { get; private set; }

    /// <summary>Moves the federation time on.</summary>
    public void AdvanceTo(TimeSpan now)
    {
        Now = now;
        Roster.WelcomeBack(now);
    }

    /// <summary>Chooses the clients of the round that begins and enters their assignments.</summary>
    public IReadOnlyList<Assignment> GiveWork()
    {
        var settings = _plan.Settings;
        (var clients, SelectionCursor) = Selection.Choose(
            settings.Selection, Roster.Candidates(), SelectionCursor, settings.Seed, Round);
        var given = new List<Assignment>(clients.Count);
        foreach (var client in clients)
        {
            given.Add(Ledger.Give(client, Model.Version, Round, Now + _plan.LatencyOf(client)));
            Versions.Hold(Model.Version);
            Roster.Begin(client);
        }

        Tally = new RoundTally(Round, given.Count, 0, 0, DeadlinePassed: false);
        return given;
    }

    /// <summary>Gives an assignment its outcome: the update enters the buffer, or a refusal or loss is counted.</summary>
    public void Settle(Assignment assignment, AssignmentOutcome outcome)
    {
        Counters = Counters with
        {
            TrainSeconds = Counters.TrainSeconds + outcome.Metrics.Seconds,
            DeviceRestarts = Counters.DeviceRestarts + outcome.Metrics.Restarts,
        };
        switch (outcome)
        {
            case AssignmentOutcome.Delivered delivered:
                var staleness = Model.Take(assignment, delivered);
                Statistics = Statistics.With(staleness);
                Counters = Counters with
                {
                    UpdatesAggregated = Counters.UpdatesAggregated + 1,
                    StaleUpdates = Counters.StaleUpdates + (staleness > 0 ? 1 : 0),
                    StalenessCounts = Counters.StalenessCounts.With(staleness),
                };
                break;
            case AssignmentOutcome.Refused:
                CountRefusal();
                break;
            case AssignmentOutcome.Lost lost:
                Counters = Counters with { UpdatesDropped = Counters.UpdatesDropped + 1 };
                SetAway(assignment.Client, lost.Reason);
                break;
        }

        Ledger.Close(assignment.Id);
        Versions.Release(assignment.BaseVersion);
        Roster.Settle(assignment.Client, assignment.Id);
        Tally = Tally.After(assignment, outcome);
    }

    /// <summary>Counts a report that was refused.</summary>
    public void CountRefusal() => Counters = Counters with { UpdatesRejected = Counters.UpdatesRejected + 1 };

    /// <summary>Notes that the deadline of the current round has passed.</summary>
    public void PassDeadline() => Tally = Tally with { DeadlinePassed = true };

    /// <summary>Closes the round: aggregates what waits, and asks for an evaluation where one is due.</summary>
    /// <param name="wallSeconds">Wall-clock time of the run so far.</param>
    /// <returns>The evaluation that is due, or null.</returns>
    public PendingEvaluation? CloseRound(double wallSeconds)
    {
        var before = Model.Version;
        if (Model.Aggregate())
        {
            Versions.Add(Model.Version, Model.Parameters);
            Versions.Release(before);
        }

        Round++;
        var settings = _plan.Settings;
        if (Round % settings.Evaluation.Every != 0 && Round < settings.Rounds)
        {
            return null;
        }

        return AskForEvaluation(wallSeconds);
    }

    /// <summary>
    /// Enters the answer to an evaluation. Two may be measured at once; an answer waits for those to earlier rounds,
    /// so that results come in the order of rounds.
    /// </summary>
    /// <returns>The lines that the results grow by; none where the evaluation was not waited for.</returns>
    public IReadOnlyList<RoundRecord> CompleteEvaluation(int round, EvaluationResult result, double seconds)
    {
        if (!_evaluations.ContainsKey(round) || !_answers.TryAdd(round, result))
        {
            return [];
        }

        Counters = Counters with { EvaluationSeconds = Counters.EvaluationSeconds + seconds };
        var records = new List<RoundRecord>();
        while (_evaluations.Count > 0 && _answers.Remove(_evaluations.Keys.First(), out var answer))
        {
            records.Add(Enter(_evaluations.Values.First(), answer));
        }

        return records;
    }

    private PendingEvaluation AskForEvaluation(double wallSeconds)
    {
        var evaluation = new PendingEvaluation(Round, Model.Version, Now, wallSeconds, Statistics);
        Statistics = RoundStatistics.Zero;
        _evaluations.Add(Round, evaluation);
        Versions.Hold(Model.Version);
        return evaluation;
    }

    private RoundRecord Enter(PendingEvaluation evaluation, EvaluationResult result)
    {
        _evaluations.Remove(evaluation.Round);
        Versions.Release(evaluation.Version);
        LastEvaluation = new RoundRecord
        {
            Round = evaluation.Round,
            Version = evaluation.Version,
            VirtualSeconds = evaluation.Now.TotalSeconds,
            WallSeconds = evaluation.WallSeconds,
            Accuracy = result.Accuracy,
            Loss = result.Loss,
            ClassAccuracy = result.ClassAccuracy,
            Updates = evaluation.Statistics.Updates,
            StaleUpdates = evaluation.Statistics.StaleUpdates,
            ConvertedUpdates = evaluation.Statistics.ConvertedUpdates,
            MeanStaleness = evaluation.Statistics.MeanStaleness,
            StalenessCounts = evaluation.Statistics.StalenessCounts,
        };
        return LastEvaluation;
    }

    /// <summary>Takes the state at the beginning of a round.</summary>
    /// <param name="wallSeconds">Wall-clock time of the run so far.</param>
    public Checkpoint ToCheckpoint(double wallSeconds) => new()
    {
        Fingerprint = _plan.Fingerprint,
        Round = Round,
        Now = Now,
        Version = Model.Version,
        NextAssignment = Ledger.NextId,
        SelectionCursor = SelectionCursor,
        Tally = Tally,
        Open = [.. Ledger.Open],
        Away = [.. Roster.AwayUntil],
        Settled = [.. Roster.LastSettled],
        Statistics = Statistics,
        Counters = Counters with { WallSeconds = wallSeconds },
        Evaluations = [.. _evaluations.Values],
        LastEvaluation = LastEvaluation,
        Optimizer = Model.Optimizer,
        Versions = Versions.Snapshot().ToImmutableDictionary(),
    };

    /// <summary>A state as a checkpoint holds it.</summary>
    public static FederationState From(FederationPlan plan, Checkpoint checkpoint)
    {
        var state = new FederationState(plan);
        state.Restore(checkpoint);
        return state;
    }

    private void Restore(Checkpoint checkpoint)
    {
        Versions.Release(Model.Version);
        Model.Restore(checkpoint.Version, checkpoint.Versions[checkpoint.Version], checkpoint.Optimizer);
        var holders = checkpoint.Open.Select(assignment => assignment.BaseVersion)
            .Concat(checkpoint.Evaluations.Select(evaluation => evaluation.Version))
            .Append(checkpoint.Version);
        foreach (var version in holders)
        {
            if (Versions.Find(version) is null)
            {
                Versions.Add(version, checkpoint.Versions[version]);
            }
            else
            {
                Versions.Hold(version);
            }
        }

        Ledger.Restore(checkpoint.NextAssignment, checkpoint.Open);
        Roster.Restore(checkpoint.Away, checkpoint.Settled, checkpoint.Open);
        foreach (var evaluation in checkpoint.Evaluations)
        {
            _evaluations.Add(evaluation.Round, evaluation);
        }

        Round = checkpoint.Round;
        Now = checkpoint.Now;
        Tally = checkpoint.Tally;
        SelectionCursor = checkpoint.SelectionCursor;
        Statistics = checkpoint.Statistics;
        Counters = checkpoint.Counters;
        LastEvaluation = checkpoint.LastEvaluation;
        if (Round == _plan.Settings.Rounds && LastEvaluation?.Round != Round && !_evaluations.ContainsKey(Round))
        {
            // The settings ask for fewer rounds than before, so that a round in between became the last.
            AskForEvaluation(Counters.WallSeconds);
        }
    }

    private void SetAway(int client, Devices.LossReason reason) => Roster.SetAway(
        client, reason == Devices.LossReason.Gone ? TimeSpan.MaxValue : Now + _plan.Settings.Devices.Dropout.OfflineFor);
}
