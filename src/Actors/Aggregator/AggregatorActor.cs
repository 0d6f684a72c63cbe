using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Devices;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;

namespace FedActors.Actors.Aggregator;

/// <summary>
/// Leads the rounds: Recovering → Gathering → Running → Finishing. It gives work, takes reports, closes rounds and
/// keeps the journal informed; what happens to the state is decided in <see cref="FederationState"/>.
/// </summary>
public sealed class AggregatorActor : UntypedActor, IWithTimers, IWithUnboundedStash
{
    private const string RollCallTimer = "roll-call";
    private const string RoundTimer = "round";
    private const string DeadlineTimer = "deadline";
    private const string RepeatTimer = "repeat";

    private static readonly TimeSpan RollCallInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(10);

    private readonly FederationPlan _plan;
    private readonly AggregatorLinks _links;
    private readonly VirtualTimeline _timeline = new();
    private readonly Dictionary<long, (IActorRef Client, AssignmentOutcome.Delivered Outcome)> _beingLogged = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private FederationState _state;
    private RunClock _clock;
    private Checkpoint? _boundary;
    private bool _resumed;
    private int _checkpointsUnderWay;
    private long _lastCheckpoint;

    /// <summary>Use <see cref="Props"/>.</summary>
    public AggregatorActor(FederationPlan plan, AggregatorLinks links)
    {
        _plan = plan;
        _links = links;
        _state = new FederationState(plan);
        _clock = new RunClock(links.Time, 0, TimeSpan.Zero);
    }

    private enum Signal
    {
        RollCall,
        RoundEnds,
        DeadlinePasses,
        RepeatWork,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    private bool IsVirtual => _plan.Settings.Clock == ClockMode.Virtual;

    /// <summary>An aggregator of one run.</summary>
    public static Props Props(FederationPlan plan, AggregatorLinks links) =>
        Akka.Actor.Props.Create(() => new AggregatorActor(plan, links)).WithDispatcher(ActorsConfiguration.AggregatorDispatcher);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _links.Journal.Tell(JournalProtocol.Recover.Instance);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Recovering(message);

    private void Recovering(object message)
    {
        switch (message)
        {
            case JournalProtocol.Recovered recovered:
                Become(Gathering);
                CallTheRoll();
                Restore(recovered);
                break;
            case AggregatorProtocol.Interrupt:
                EndWith(new RunOutcome.Interrupted(_state.Round));
                break;
            default:
                KeepForLater(message);
                break;
        }
    }

    private void Gathering(object message)
    {
        switch (message)
        {
            case ClientProtocol.Join join:
                Welcome(join);
                if (_state.Roster.Joined.Count == _plan.Settings.Data.Clients)
                {
                    Begin();
                }

                break;
            case Signal.RollCall:
                CallTheRoll();
                break;
            case AggregatorProtocol.Interrupt:
                EndWith(new RunOutcome.Interrupted(_state.Round));
                break;
            default:
                KeepForLater(message);
                break;
        }
    }

    /// <summary>Devices that were at work when the aggregator failed wait for answers. They get them when the run goes on.</summary>
    private void KeepForLater(object message)
    {
        if (message is ClientProtocol.FetchVersion or ClientProtocol.Report)
        {
            Stash.Stash();
        }
    }

    private void Running(object message)
    {
        switch (message)
        {
            case ClientProtocol.Join join:
                Welcome(join);
                RepeatAssignments(assignment => assignment.Client == join.Client);
                break;
            case ClientProtocol.FetchVersion fetch:
                Sender.Tell(_state.Versions.Find(fetch.Version) is { } parameters
                    ? new ClientProtocol.VersionFetched(fetch.Version, parameters)
                    : new ClientProtocol.VersionGone(fetch.Version));
                break;
            case ClientProtocol.Report report:
                Take(report);
                break;
            case ClientProtocol.AssignmentLost lost:
                File(lost.AssignmentId, new AssignmentOutcome.Lost(lost.Reason, lost.Metrics));
                break;
            case JournalProtocol.AcceptedLogged logged when _beingLogged.Remove(logged.AssignmentId, out var accepted):
                accepted.Client.Tell(new ClientProtocol.Accepted(logged.AssignmentId));
                File(logged.AssignmentId, accepted.Outcome);
                break;
            case AggregatorProtocol.ClientGone gone:
                LoseWorkOf(gone.Client);
                break;
            case Signal.RoundEnds:
                AdvanceWallClock();
                CloseRound();
                break;
            case Signal.DeadlinePasses:
                AdvanceWallClock();
                PassDeadline();
                break;
            case Signal.RepeatWork:
                RepeatAssignments(_ => true);
                break;
            case AggregatorProtocol.Interrupt:
                Interrupt();
                break;
            default:
                BesideTraining(message);
                break;
        }
    }

    private void Finishing(object message)
    {
        switch (message)
        {
            case JournalProtocol.Finished finished:
                EndWith(new RunOutcome.Completed(finished.Summary));
                break;
            case ClientProtocol.Report report:
                // The rounds are over; the client may rest.
                Sender.Tell(new ClientProtocol.Rejected(report.AssignmentId, "the run has ended"));
                break;
            case AggregatorProtocol.Interrupt when _state.Evaluations.Count > 0:
                Interrupt();
                break;
            default:
                // An interrupt that comes while the results are written comes too late.
                BesideTraining(message);
                break;
        }
    }

    private void Interrupting(object message)
    {
        if (message is JournalProtocol.CheckpointSaved)
        {
            _checkpointsUnderWay--;
            EndWhenSaved();
        }
    }

    private void BesideTraining(object message)
    {
        switch (message)
        {
            case EvaluatorProtocol.Evaluated evaluated:
                Enter(evaluated);
                break;
            case EvaluatorProtocol.EvaluationFailed failed:
                EndWith(new RunOutcome.Failed(
                    $"The model could not be evaluated after round {failed.Round}: {failed.Cause.Message}", Resumable: true, failed.Cause));
                break;
            case JournalProtocol.CheckpointSaved:
                _checkpointsUnderWay--;
                break;
            default:
                // Late mail of devices and journal, about what is settled by now.
                break;
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
            _state = FederationState.From(_plan, checkpoint);
            _log.Info("Resuming after round {0}", checkpoint.Round);
        }

        foreach (var update in recovered.Accepted)
        {
            if (_state.Ledger.Find(update.AssignmentId) is { } assignment)
            {
                var metrics = new TrainingMetrics(update.Loss, update.Seconds, update.Restarts);
                _state.Settle(assignment, new AssignmentOutcome.Delivered(update.Update, update.Samples, metrics));
            }
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
            CloseRoundIfComplete();
        }

        Advance();
        Stash.UnstashAll();
    }

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

    private void LoseWorkOf(int client)
    {
        _log.Warning("Client {0} is gone", client);
        foreach (var assignment in _state.Ledger.Open.Where(open => open.Client == client).ToList())
        {
            File(assignment.Id, new AssignmentOutcome.Lost(LossReason.Gone, new TrainingMetrics(double.NaN, 0, 0)));
        }

        _state.Roster.SetAway(client, TimeSpan.MaxValue);
    }

    private void Take(ClientProtocol.Report report)
    {
        var id = report.AssignmentId;
        if (_beingLogged.ContainsKey(id))
        {
            return;
        }

        if (_timeline.IsResolved(id) || _state.Ledger.IsClosed(id))
        {
            // A repetition: the first answer was lost on its way.
            Sender.Tell(new ClientProtocol.Accepted(id));
            return;
        }

        var assignment = _state.Ledger.Find(id);
        var refusal = Acceptance.Refusal(
            report, assignment, _state.Versions, _plan.Network.Layout.Count, _plan.Settings.Acceptance);
        if (refusal is not null)
        {
            Refuse(report, assignment, refusal);
            return;
        }

        var outcome = new AssignmentOutcome.Delivered(report.Update, report.SampleCount, report.Metrics);
        if (IsVirtual)
        {
            // Nothing to log: after a crash the assignment is given again and computes to the same bits.
            Sender.Tell(new ClientProtocol.Accepted(id));
            File(id, outcome);
            return;
        }

        _beingLogged.Add(id, (Sender, outcome));
        var metrics = report.Metrics;
        _links.Journal.Tell(new JournalProtocol.LogAccepted(
            new AcceptedUpdate(id, report.SampleCount, metrics.Loss, metrics.Seconds, metrics.Restarts, report.Update)));
    }

    private void Refuse(ClientProtocol.Report report, Assignment? assignment, string reason)
    {
        _log.Warning("The report of client {0} on assignment {1} is refused: {2}", report.Client, report.AssignmentId, reason);
        Sender.Tell(new ClientProtocol.Rejected(report.AssignmentId, reason));
        if (assignment is null || assignment.Client != report.Client)
        {
            // Somebody else's work stays open for the one it was given to.
            _state.CountRefusal();
            return;
        }

        File(assignment.Id, new AssignmentOutcome.Refused(reason, report.Metrics));
    }

    /// <summary>Gives an outcome its time: at once on the wall clock, at the virtual arrival otherwise.</summary>
    private void File(long id, AssignmentOutcome outcome)
    {
        if (_state.Ledger.Find(id) is not { } assignment)
        {
            return;
        }

        if (IsVirtual)
        {
            _timeline.Resolve(id, outcome);
            Advance();
            return;
        }

        AdvanceWallClock();
        _state.Settle(assignment, outcome);
        CloseRoundIfComplete();
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

        TellProgress();
        if (_state.Round == _plan.Settings.Rounds)
        {
            _boundary = _state.ToCheckpoint(_clock.WallSeconds);
            Save(_boundary);
            Finish();
            return;
        }

        StartRound();
    }

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
        }

        // If the boundary is saved from here on, the results hold these lines already.
        _boundary = _boundary! with { Evaluations = [.. _state.Evaluations.Values], LastEvaluation = _state.LastEvaluation };
        TellProgress();
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
        Parameters = _plan.Network.Layout.Count,
        Dataset = _plan.Data.Name,
        Rounds = _state.Round,
        FinalAccuracy = last.Accuracy,
        FinalLoss = last.Loss,
        ClassAccuracy = last.ClassAccuracy,
        VirtualSeconds = last.VirtualSeconds,
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

    private void AdvanceWallClock() => _state.AdvanceTo(_clock.FederationTime);

    private void TellProgress() => Context.Parent.Tell(new AggregatorProtocol.Progressed(new RunProgress
    {
        Round = _state.Round,
        Rounds = _plan.Settings.Rounds,
        Version = _state.Model.Version,
        FederationTime = _state.Now,
        LastEvaluation = _state.LastEvaluation,
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
