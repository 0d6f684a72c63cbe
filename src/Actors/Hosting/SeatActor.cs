using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Models.Files;

namespace FedActors.Actors.Hosting;

/// <summary>
/// The place from which a federation is led, one in the cluster. Whoever takes it waits for the run's folder, goes on
/// from the journal in it, and tells all hosts how the run ended.
/// </summary>
public sealed class SeatActor : UntypedActor, IWithTimers
{
    private const string LeaseTimer = "lease";

    private static readonly TimeSpan LeaseInterval = TimeSpan.FromMilliseconds(500);

    private readonly SeatOptions _options;
    private readonly IActorRef _transfer;
    private readonly IActorRef _observer;

    private RunLease? _lease;
    private IActorRef? _downlink;
    private IActorRef? _federation;
    private object? _conclusion;
    private Exception? _lastFailure;
    private bool _waitingTold;
    private bool _leaving;
    private bool _concluding;

    /// <summary>Use <see cref="Props"/>.</summary>
    public SeatActor(SeatOptions options, IActorRef transfer, IActorRef observer)
    {
        _options = options;
        _transfer = transfer;
        _observer = observer;
    }

    private enum Signal
    {
        TakeLease,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A seat.</summary>
    /// <param name="options">The run.</param>
    /// <param name="transfer">The transfer actor of this host.</param>
    /// <param name="observer">
    /// Is told <see cref="LinkEvents"/>, <see cref="AggregatorProtocol.Progressed"/>, and <see cref="AggregatorProtocol.Ended"/>
    /// once all hosts know.
    /// </param>
    public static Props Props(SeatOptions options, IActorRef transfer, IActorRef observer) =>
        Akka.Actor.Props.Create(() => new SeatActor(options, transfer, observer));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(cause =>
        {
            _lastFailure = cause;
            return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
        });

    /// <inheritdoc/>
    protected override void PreStart()
    {
        TakeLease();
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        // The journal below has ended by now.
        _lease?.Dispose();
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LinkProtocol.Register register:
                // Who asks before the folder is taken asks again.
                _downlink?.Forward(register);
                break;
            case AggregatorProtocol.Progressed progressed:
                _observer.Tell(progressed);
                break;
            case AggregatorProtocol.Ended ended:
                End(ended);
                break;
            case DownlinkActor.AllKnow when _conclusion is not null:
                _observer.Tell(_conclusion);
                _conclusion = null;
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_federation) && !_concluding:
                End(new AggregatorProtocol.Ended(new RunOutcome.Failed(
                    $"The federation ended before the run did: {_lastFailure?.Message ?? "it was stopped"}",
                    Resumable: true,
                    _lastFailure)));
                break;
            case SeatProtocol.Leave:
                Leave();
                break;
            case Signal.TakeLease:
                TakeLease();
                break;
            case DownlinkActor.AllKnow or Terminated:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TakeLease()
    {
        var directory = _options.Run.Directory;
        try
        {
            Directory.CreateDirectory(directory);
            _lease = RunLease.TryTake(directory);
            if (_lease is not null)
            {
                Lead(_lease);
                return;
            }
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            GiveUp(new RunOutcome.Failed($"The folder {directory} can't be used: {refusal.Message}", Resumable: true, refusal));
            return;
        }

        if (!_waitingTold)
        {
            _waitingTold = true;
            _observer.Tell(new LinkEvents.SeatAwaited(directory));
        }

        Timers.StartSingleTimer(LeaseTimer, Signal.TakeLease, LeaseInterval);
    }

    private void Lead(RunLease lease)
    {
        var directory = _options.Run.Directory;
        _downlink = Context.ActorOf(DownlinkActor.Props(_options.Downlink, _transfer, _observer), "downlink");
        if (RunStore.IsFinished(directory))
        {
            // The one that led before did not live to tell, and its hosts have yet to find this one.
            _observer.Tell(new LinkEvents.FinishedFound(directory));
            _conclusion = LinkEvents.FinishedTold.Instance;
            _downlink.Tell(new DownlinkActor.Conclude(
                Succeeded: true, $"The run in {directory} is finished.", AwaitLateHosts: true));
            return;
        }

        var resumed = RunStore.CanResume(directory);
        var settings = Path.Combine(directory, "config.conf");
        if (!File.Exists(settings))
        {
            DurableFile.Write(settings, _options.Settings);
        }

        _observer.Tell(new LinkEvents.SeatTaken(resumed));
        _federation = Context.Watch(Context.ActorOf(
            FederationActor.Props(
                _options.Plan, _options.Run with { Lease = lease, Resume = true }, _options.Workers, _downlink, Self),
            "federation"));
    }

    /// <summary>Leaves the folder to others, and lets this host end.</summary>
    private void GiveUp(RunOutcome.Failed failed)
    {
        if (_downlink is not null)
        {
            Context.Stop(_downlink);
            _downlink = null;
        }

        _lease?.Dispose();
        _lease = null;
        _observer.Tell(new AggregatorProtocol.Ended(failed));
    }

    private void End(AggregatorProtocol.Ended ended)
    {
        if (_leaving)
        {
            _observer.Tell(ended);
            Context.Stop(Self);
            return;
        }

        _conclusion = ended;
        _concluding = true;
        _downlink!.Tell(ended.Outcome switch
        {
            RunOutcome.Completed completed => new DownlinkActor.Conclude(
                true, $"{completed.Summary.Name} is done after {completed.Summary.Rounds} rounds."),
            RunOutcome.Failed failed => new DownlinkActor.Conclude(false, failed.Reason),
            _ => new DownlinkActor.Conclude(false, "The run was interrupted."),
        });
    }

    private void Leave()
    {
        if (_federation is null || _concluding)
        {
            Context.Stop(Self);
            return;
        }

        _leaving = true;
        _federation.Tell(AggregatorProtocol.Interrupt.Instance);
    }
}
