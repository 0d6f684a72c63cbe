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
            default:
                Unhandled(message);
                break;
        }
    }
}
