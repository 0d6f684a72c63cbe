using Akka.Actor;
using FedActors.Actors.Aggregator;

namespace FedActors.Actors.Federation;

/// <summary>Hands what a federation tells over to the world without actors.</summary>
internal sealed class RunObserverActor : UntypedActor
{
    private readonly IProgress<RunProgress>? _progress;
    private readonly TaskCompletionSource<RunOutcome> _outcome;

    /// <summary>Use <see cref="Props"/>.</summary>
    public RunObserverActor(IProgress<RunProgress>? progress, TaskCompletionSource<RunOutcome> outcome)
    {
        _progress = progress;
        _outcome = outcome;
    }

    public static Props Props(IProgress<RunProgress>? progress, TaskCompletionSource<RunOutcome> outcome) =>
        Akka.Actor.Props.Create(() => new RunObserverActor(progress, outcome));

    /// <summary>Run to observer: this is whom you will hear from.</summary>
    public sealed record Observe(IActorRef Federation) : INoSerializationVerificationNeeded;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AggregatorProtocol.Progressed progressed:
                _progress?.Report(progressed.Progress);
                break;
            case AggregatorProtocol.Ended ended:
                _outcome.TrySetResult(ended.Outcome);
                break;
            case Observe observe:
                Context.Watch(observe.Federation);
                break;
            case Terminated:
                _outcome.TrySetResult(new RunOutcome.Failed("The federation was stopped.", Resumable: true, Cause: null));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
