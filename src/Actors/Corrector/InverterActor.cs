using Akka.Actor;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Corrector;

/// <summary>
/// Inverts updates on the worker pool, one at a time. It may throw, or be killed and replaced at any time, because what it
/// finds depends only on its work.
/// </summary>
public sealed class InverterActor : UntypedActor
{
    private readonly UpdateInverter _inverter;
    private readonly WorkerPool _workers;
    private CancellationTokenSource _cancellation = new();
    private long _job;

    /// <summary>Use <see cref="Props"/>.</summary>
    public InverterActor(UpdateInverter inverter, WorkerPool workers)
    {
        _inverter = inverter;
        _workers = workers;
    }

    /// <summary>An inverter.</summary>
    /// <param name="inverter">Does the mathematics.</param>
    /// <param name="workers">The threads it runs on.</param>
    public static Props Props(UpdateInverter inverter, WorkerPool workers) =>
        Akka.Actor.Props.Create(() => new InverterActor(inverter, workers));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InverterProtocol.Work work:
                Begin(work);
                break;
            case InverterProtocol.Cancel cancel when cancel.Job == _job:
                _cancellation.Cancel();
                break;
            case InverterProtocol.Inverted:
            case InverterProtocol.Replayed:
            case InverterProtocol.Cancelled:
                Context.Parent.Tell(message);
                break;
            case InverterProtocol.WorkFailed failed:
                throw new InversionFailedException(failed.Job, failed.Cause);
            case InverterProtocol.Cancel:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _cancellation.Cancel();
        base.PostStop();
    }

    private void Begin(InverterProtocol.Work work)
    {
        _job = work.Job;
        _cancellation = new CancellationTokenSource();
        var token = _cancellation.Token;
        var inverter = _inverter;
        _workers
            .Run<object>(
                () => work switch
                {
                    InverterProtocol.Invert invert => inverter.Invert(invert, token),
                    InverterProtocol.Replay replay => inverter.Replay(replay, token),
                    _ => throw new InvalidOperationException($"An inverter does not know {work.GetType().Name}."),
                },
                token)
            .PipeTo(
                Self,
                Self,
                failure: cause => token.IsCancellationRequested
                    ? new InverterProtocol.Cancelled(work.Job)
                    : new InverterProtocol.WorkFailed(work.Job, cause));
    }
}
