using System.Collections.Immutable;
using FedActors.Actors.Corrector;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Models.Staleness;
using FedActors.Models.Training;

namespace FedActors.Actors.Aggregator;

/// <summary>All that changes in the course of a run, and its translation to and from checkpoints.</summary>
public sealed class FederationState
{
    private readonly FederationPlan _plan;
    private readonly SortedDictionary<int, PendingEvaluation> _evaluations = [];
    private readonly Dictionary<int, EvaluationResult> _answers = [];
    private readonly SortedDictionary<long, AcceptedUpdate> _corrections = [];
    private readonly VersionTrail _trail;

    /// <summary>The state of a run at its start.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="disk">Where versions go that the memory has no room for; null keeps all in memory.</param>
    public FederationState(FederationPlan plan, SpilledVersions? disk = null)
    {
        _plan = plan;
        Versions = new VersionStore(disk, plan.VersionsInMemory);
        var settings = plan.Settings;
        Model = new GlobalModel(
            plan.Network.Initialize(settings.Seed), settings.Staleness, settings.Aggregation, plan.TierOfClient);
        Versions.Add(Model.Version, Model.Parameters);
        _trail = new VersionTrail(Versions, (settings.Staleness.Policy as WeightPrediction)?.Window);
        _trail.Extend(Model.Version);
    }

    /// <summary>The global model.</summary>
    public GlobalModel Model { get; }

    /// <summary>Versions that someone needs: the current one, base versions of open work, versions to be measured.</summary>
    public VersionStore Versions { get; }

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
    public RoundTally Tally { get; private set; } = new(0, 0, 0, 0, DeadlinePassed: false, Wanted: 0);

    /// <summary>Where round-robin selection goes on.</summary>
    public int SelectionCursor { get; private set; }

    /// <summary>Counts since the last evaluation.</summary>
    public RoundStatistics Statistics { get; private set; } = RoundStatistics.Zero;

    /// <summary>Totals of the run; wall-clock time up to the last checkpoint.</summary>
    public RunCounters Counters { get; private set; } = RunCounters.Zero;

    /// <summary>The newest evaluation with an answer.</summary>
    public RoundRecord? LastEvaluation { get; private set; }

    /// <summary>What the corrector remembered when the last version was closed.</summary>
    public CorrectorState Corrector { get; private set; } = CorrectorState.Initial;

    /// <summary>γ, the weight of converted updates; null under policies that convert nothing.</summary>
    public double? InversionWeight { get; private set; }

    /// <summary>Round in which the corrector began to switch back to stale updates; null before.</summary>
    public int? SwitchRound { get; private set; }

    /// <summary>Accepted updates that the corrector works on.</summary>
    public IReadOnlyCollection<AcceptedUpdate> Corrections => _corrections.Values;

    /// <summary>Moves the federation time on.</summary>
    public void AdvanceTo(TimeSpan now)
    {
        Now = now;
        Roster.WelcomeBack(now);
    }

    /// <summary>Chooses the clients of the round that begins and enters their assignments.</summary>
    public IReadOnlyList<Assignment> GiveWork()
    {
        var selection = _plan.Settings.Selection;
        var given = selection.Concurrency is null
            ? Give(selection.Chosen, Roster.Candidates(), draw: Round)
            : FillUp();
        Tally = new RoundTally(
            Round, given.Count, 0, 0, DeadlinePassed: false, Wanted: Math.Min(given.Count, selection.PerRound));
        return given;
    }

    /// <summary>
    /// Gives work to clients without any until as many are at work as the selection's concurrency says. Without one, work
    /// is given at the start of rounds only.
    /// </summary>
    public IReadOnlyList<Assignment> FillUp()
    {
        if (_plan.Settings.Selection.Concurrency is not { } concurrency || Ledger.Open.Count >= concurrency)
        {
            return [];
        }

        return Give(
            concurrency - Ledger.Open.Count,
            [.. Roster.Candidates().Where(candidate => candidate.OpenAssignments == 0)],
            draw: Ledger.NextId);
    }

    private List<Assignment> Give(int count, IReadOnlyList<Candidate> candidates, long draw)
    {
        var settings = _plan.Settings;
        (var clients, SelectionCursor) = Selection.Choose(
            settings.Selection, count, candidates, SelectionCursor, settings.Seed, draw);
        var given = new List<Assignment>(clients.Count);
        foreach (var client in clients)
        {
            var assignment = new Assignment(Ledger.NextId, client, Model.Version, Round, Now + _plan.LatencyOf(client, Ledger.NextId));
            if (_trail.Predict(Model, ExpectedStaleness(client)) is { } prediction)
            {
                // Numbers below zero are of predictions: each belongs to one assignment.
                assignment = assignment with { Handed = -assignment.Id };
                Versions.Add(assignment.Handed, prediction);
            }
            else
            {
                Versions.Hold(assignment.Handed);
            }

            Ledger.Give(assignment);
            Roster.Begin(client);
            given.Add(assignment);
        }

        return given;
    }

    /// <summary>τ̂: what the client's last update showed; before its first, what its latency and the cadence say.</summary>
    private double ExpectedStaleness(int client)
    {
        if (Roster.LastStaleness.TryGetValue(client, out var last))
        {
            return last;
        }

        var settings = _plan.Settings;
        return settings.Cadence.Policy == CadencePolicy.Rounds
            ? Math.Floor(_plan.TypicalLatencyOf(client) / settings.RoundDuration)
            : 0;
    }

    /// <summary>
    /// Enters an assignment that the journal knows though no checkpoint does: it was given after the last one.
    /// </summary>
    /// <returns>Whether it is open now; not where its base version was lost.</returns>
    public bool Adopt(Assignment assignment)
    {
        if (Ledger.Find(assignment.Id) is not null)
        {
            return true;
        }

        if (Ledger.IsClosed(assignment.Id) || !Versions.IsHeld(assignment.Handed))
        {
            return false;
        }

        Versions.Hold(assignment.Handed);
        Ledger.Adopt(assignment);
        Roster.Begin(assignment.Client);
        return true;
    }

    /// <summary>
    /// Gives an assignment its outcome: the update enters the buffer or goes to the corrector first, or a refusal or loss
    /// is counted.
    /// </summary>
    /// <returns>The update that arrived; null where none did.</returns>
    public Arrival? Settle(Assignment assignment, AssignmentOutcome outcome)
    {
        Arrival? arrival = null;
        Counters = Counters with
        {
            TrainSeconds = Counters.TrainSeconds + outcome.Metrics.Seconds,
            DeviceRestarts = Counters.DeviceRestarts + outcome.Metrics.Restarts,
        };
        switch (outcome)
        {
            case AssignmentOutcome.Delivered delivered:
                arrival = Take(assignment, delivered);
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
        if (arrival is not { IsPending: true })
        {
            Versions.Release(assignment.Handed);
        }

        Roster.Settle(assignment.Client, assignment.Id);
        Tally = Tally.After(assignment, outcome);
        return arrival;
    }

    private Arrival Take(Assignment assignment, AssignmentOutcome.Delivered delivered)
    {
        var staleness = Model.StalenessOf(assignment);
        var start = Versions.Find(assignment.Handed)
            ?? throw new InvalidOperationException($"The start of assignment {assignment.Id} is not held.");
        Roster.NoteStaleness(assignment.Client, staleness);
        if (staleness > 0 && _plan.Settings.Staleness.Policy is GradientInversion)
        {
            return Reserve(assignment, delivered);
        }

        if (Model.Take(assignment, delivered, start))
        {
            CountAggregated(staleness, converted: false);
        }

        return new Arrival(assignment, delivered, start, staleness, IsPending: false);
    }

    /// <summary>Keeps a place for an update that goes to the corrector, and its base version until the corrector answers.</summary>
    private Arrival Reserve(Assignment assignment, AssignmentOutcome.Delivered delivered)
    {
        var start = Versions.Find(assignment.Handed)!;
        var metrics = delivered.Metrics;
        Model.Reserve(assignment, delivered.Samples, start);
        _corrections.Add(
            assignment.Id,
            new AcceptedUpdate(
                assignment, delivered.Samples, metrics.Loss, metrics.Seconds, metrics.Restarts, delivered.Update));
        return new Arrival(assignment, delivered, start, Model.StalenessOf(assignment), IsPending: true);
    }

    /// <summary>The corrections that a checkpoint holds, as arrivals that go to the corrector once more.</summary>
    public IReadOnlyList<Arrival> OpenCorrections() =>
        [.. _corrections.Values.Select(update => new Arrival(
            update.Assignment,
            update.ToOutcome(),
            Versions.Find(update.Assignment.Handed)!,
            Model.StalenessOf(update.Assignment),
            IsPending: true))];

    /// <summary>Enters what the corrector made of an update.</summary>
    /// <returns>Whether it was waited for.</returns>
    public bool Enter(CorrectorProtocol.Corrected corrected)
    {
        if (Model.Fill(corrected.AssignmentId, corrected.Treated) is not { } assignment)
        {
            return false;
        }

        _corrections.Remove(assignment.Id);
        Versions.Release(assignment.Handed);
        var report = corrected.Report;
        Counters = Counters with
        {
            FailedConversions = Counters.FailedConversions + (report.Kind == CorrectionKind.Failed ? 1 : 0),
            InversionIterations = Counters.InversionIterations + report.Iterations,
            InversionSeconds = Counters.InversionSeconds + report.Seconds,
        };
        if (corrected.Treated is not null)
        {
            CountAggregated(Model.StalenessOf(assignment), converted: report.Kind == CorrectionKind.Converted);
        }

        return true;
    }

    /// <summary>Keeps what the corrector remembers between two versions.</summary>
    public void Enter(CorrectorProtocol.VersionClosed closed)
    {
        Corrector = closed.State;
        InversionWeight = closed.Weight;
        Counters = Counters with { InversionSeconds = Counters.InversionSeconds + closed.WastedSeconds };
        SwitchRound ??= closed.State.SwitchBack.SwitchedAt is null ? null : Round + 1;
    }

    private void CountAggregated(long staleness, bool converted)
    {
        Statistics = Statistics.With(staleness, converted);
        Counters = Counters with
        {
            UpdatesAggregated = Counters.UpdatesAggregated + 1,
            StaleUpdates = Counters.StaleUpdates + (staleness > 0 ? 1 : 0),
            ConvertedUpdates = Counters.ConvertedUpdates + (converted ? 1 : 0),
            StalenessCounts = Counters.StalenessCounts.With(staleness),
        };
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
            _trail.Extend(Model.Version);
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
        var evaluation = new PendingEvaluation(Round, Model.Version, Now, wallSeconds, Statistics)
        {
            ErrorRatio = Corrector.SwitchBack.Ratio,
            InversionWeight = InversionWeight,
        };
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
            ErrorRatio = evaluation.ErrorRatio,
            InversionWeight = evaluation.InversionWeight,
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
        Unknown = [.. Ledger.Unknown],
        Away = [.. Roster.AwayUntil],
        Settled = [.. Roster.LastSettled],
        Staleness = [.. Roster.LastStaleness],
        Statistics = Statistics,
        Counters = Counters with { WallSeconds = wallSeconds },
        Evaluations = [.. _evaluations.Values],
        LastEvaluation = LastEvaluation,
        SwitchRound = SwitchRound,
        InversionWeight = InversionWeight,
        Optimizer = Model.Optimizer,
        Tiers = Model.Tiers,
        Corrector = Corrector,
        Corrections = [.. _corrections.Values],
        Versions = Versions.Snapshot().ToImmutableDictionary(),
        Spilled = [.. Versions.OnDisk],
    };

    /// <summary>A state as a checkpoint holds it.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="checkpoint">The state.</param>
    /// <param name="disk">As in the constructor.</param>
    public static FederationState From(FederationPlan plan, Checkpoint checkpoint, SpilledVersions? disk = null)
    {
        var state = new FederationState(plan, disk);
        state.Restore(checkpoint);
        return state;
    }

    private void Restore(Checkpoint checkpoint)
    {
        _trail.Clear();
        Versions.Release(Model.Version);
        Model.Restore(checkpoint.Version, checkpoint.Versions[checkpoint.Version], checkpoint.Optimizer, checkpoint.Tiers);
        var holders = checkpoint.Open.Select(assignment => assignment.Handed)
            .Concat(checkpoint.Corrections.Select(correction => correction.Assignment.Handed))
            .Concat(checkpoint.Evaluations.Select(evaluation => evaluation.Version))
            .Append(checkpoint.Version);
        foreach (var version in holders)
        {
            if (!Versions.IsHeld(version))
            {
                Versions.Add(version, checkpoint.Versions[version]);
            }
            else
            {
                Versions.Hold(version);
            }
        }

        _trail.Restore(checkpoint.Version, checkpoint.Versions);
        Ledger.Restore(checkpoint.NextAssignment, checkpoint.Open, checkpoint.Unknown);
        Roster.Restore(checkpoint.Away, checkpoint.Settled, checkpoint.Staleness, checkpoint.Open);
        foreach (var correction in checkpoint.Corrections)
        {
            Reserve(correction.Assignment, correction.ToOutcome());
        }

        Corrector = checkpoint.Corrector;
        InversionWeight = checkpoint.InversionWeight;
        SwitchRound = checkpoint.SwitchRound;
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
