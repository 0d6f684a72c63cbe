using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Corrector;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Journal;
using FedActors.Actors.Workers;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Federation;

/// <summary>One run: builds and supervises aggregator, corrector, evaluator and journal, and tells the observer how it goes and ends.</summary>
public sealed class FederationActor : UntypedActor
{
    private const int MaxRestarts = 3;

    private readonly FederationPlan _plan;
    private readonly RunOptions _options;
    private readonly WorkerPool _workers;
    private readonly IActorRef _devices;
    private readonly IActorRef _observer;

    private IActorRef _aggregator = ActorRefs.Nobody;
    private Exception? _lastFailure;
    private bool _ended;

    /// <summary>Use <see cref="Props"/>.</summary>
    public FederationActor(FederationPlan plan, RunOptions options, WorkerPool workers, IActorRef devices, IActorRef observer)
    {
        _plan = plan;
        _options = options;
        _workers = workers;
        _devices = devices;
        _observer = observer;
    }

    /// <summary>A run.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="workers">Threads for evaluation.</param>
    /// <param name="devices">Supervisor of the clients.</param>
    /// <param name="observer">Is told <see cref="AggregatorProtocol.Progressed"/> and, once, <see cref="AggregatorProtocol.Ended"/>.</param>
    public static Props Props(
        FederationPlan plan, RunOptions options, WorkerPool workers, IActorRef devices, IActorRef observer) =>
        Akka.Actor.Props.Create(() => new FederationActor(plan, options, workers, devices, observer));

    /// <summary>
    /// A child that throws is restarted: the aggregator goes on from the journal, the journal from the disk, and an
    /// accepted update is on disk before it is acknowledged. A child that can't even start ends the run.
    /// </summary>
    public static Directive DecideOnFailure(Exception cause) => cause switch
    {
        ActorInitializationException => Directive.Stop,
        _ => Directive.Restart,
    };

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(
            MaxRestarts,
            TimeSpan.FromMinutes(1),
            cause =>
            {
                _lastFailure = cause;
                return DecideOnFailure(cause);
            });

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var journal = Supervise(JournalActor.Props(_plan, _options), "journal");
        var evaluator = Supervise(EvaluatorActor.Props(_plan, _workers, _options.Time), "evaluator");
        var corrector = _plan.Settings.Staleness.Policy is GradientInversion policy
            ? Supervise(StalenessCorrectorActor.Props(_plan, policy, _workers, _options.Time), "corrector")
            : ActorRefs.Nobody;
        var disk = new SpilledVersions(_options.Directory);
        _aggregator = Supervise(
            AggregatorActor.Props(_plan, new AggregatorLinks(_devices, evaluator, journal, corrector, disk, _options.Time)), "aggregator");
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AggregatorProtocol.Progressed progressed:
                _observer.Tell(progressed);
                break;
            case AggregatorProtocol.Ended ended:
                End(ended);
                break;
            case AggregatorProtocol.Interrupt interrupt:
                _aggregator.Tell(interrupt);
                break;
            case JournalProtocol.JournalRestarted:
            case CorrectorProtocol.CorrectorRestarted:
                // Restarted, the aggregator asks the journal where the run stands, and tells the corrector.
                _aggregator.Tell(Kill.Instance);
                break;
            case JournalProtocol.JournalFailed failed:
                Context.Stop(_aggregator);
                End(new AggregatorProtocol.Ended(new RunOutcome.Failed(
                    $"The results in {_options.Directory} can't be read or written: {failed.Reason}", Resumable: true, failed.Cause)));
                break;
            case Terminated terminated:
                End(new AggregatorProtocol.Ended(new RunOutcome.Failed(
                    $"The {terminated.ActorRef.Path.Name} failed too often: {_lastFailure?.Message ?? "it was stopped"}",
                    Resumable: true,
                    _lastFailure)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private IActorRef Supervise(Props props, string name) => Context.Watch(Context.ActorOf(props, name));

    private void End(AggregatorProtocol.Ended ended)
    {
        if (!_ended)
        {
            _ended = true;
            _observer.Tell(ended);
        }
    }
}
