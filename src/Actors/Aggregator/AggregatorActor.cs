using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Corrector;
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
public sealed partial class AggregatorActor : UntypedActor, IWithTimers, IWithUnboundedStash
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
    private readonly KeptMail _kept = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private FederationState _state;
    private RunClock _clock;
    private Checkpoint? _boundary;
    private bool _resumed;
    private bool _closing;
    private bool _onlyIfComplete;
    private long? _closingTo;
    private int _checkpointsUnderWay;
    private long _lastCheckpoint;

    /// <summary>Use <see cref="Props"/>.</summary>
    public AggregatorActor(FederationPlan plan, AggregatorLinks links)
    {
        _plan = plan;
        _links = links;
        _state = new FederationState(plan, links.Disk);
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
    protected override void PreRestart(Exception reason, object message)
    {
        // What is in the stash is handed on to the next incarnation.
        Stash.Prepend(_kept.TakeAll());
        base.PreRestart(reason, message);
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
            case AggregatorProtocol.ClientGone gone:
                _log.Warning("Client {0} is gone before the roll is complete", gone.Client);
                _state.Roster.Leave(gone.Client);
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
            case CorrectorProtocol.Corrected corrected:
                Enter(corrected);
                break;
            case CorrectorProtocol.VersionClosed closed when closed.Next == _closingTo:
                _state.Enter(closed);
                FinishClosing();
                Advance();
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
}
