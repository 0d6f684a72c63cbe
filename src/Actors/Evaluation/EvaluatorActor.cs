using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Evaluation;

/// <summary>Measures the global model on the test images, on the worker pool beside training.</summary>
public sealed class EvaluatorActor : UntypedActor
{
    private readonly FederationPlan _plan;
    private readonly WorkerPool _workers;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Use <see cref="Props"/>.</summary>
    public EvaluatorActor(FederationPlan plan, WorkerPool workers, TimeProvider time)
    {
        _plan = plan;
        _workers = workers;
        _time = time;
    }

    /// <summary>An evaluator of one run.</summary>
    public static Props Props(FederationPlan plan, WorkerPool workers, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new EvaluatorActor(plan, workers, time));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not EvaluatorProtocol.Evaluate evaluate)
        {
            Unhandled(message);
            return;
        }

        var token = _stopping.Token;
        _workers.Run(() => Measure(evaluate, token), token).PipeTo(
            Sender,
            Self,
            failure: cause => new EvaluatorProtocol.EvaluationFailed(evaluate.Round, cause));
    }

    /// <summary>A restart leaves alone what is being measured: the answers go to the aggregator all the same.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        base.PostStop();
    }

    private EvaluatorProtocol.Evaluated Measure(EvaluatorProtocol.Evaluate evaluate, CancellationToken token)
    {
        var started = _time.GetTimestamp();
        var images = _plan.TestAt(evaluate.Round);
        var result = Models.Training.Evaluation.Measure(
            _plan.Network, evaluate.Parameters, _plan.Data.Test, images, token, device: _plan.Device);
        return new EvaluatorProtocol.Evaluated(evaluate.Round, result, _time.GetElapsedTime(started).TotalSeconds);
    }
}
