using Akka.Actor;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Federation;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Evaluation;

public sealed class EvaluatorActorTests : ActorTest
{
    private readonly WorkerPool _workers = new(1);
    private readonly FederationPlan _plan = Small.Plan();
    private readonly ManualTime _time = new();

    [Fact]
    public void It_measures_the_model_on_the_test_images()
    {
        var parameters = _plan.Network.Initialize(3);
        Start().Tell(new EvaluatorProtocol.Evaluate(4, parameters), TestActor);

        var evaluated = ExpectMsg<EvaluatorProtocol.Evaluated>();

        var expected = FedActors.Models.Training.Evaluation.Measure(_plan.Network, parameters, _plan.Data.Test);
        Assert.Equal(4, evaluated.Round);
        Assert.Equal(expected.Accuracy, evaluated.Result.Accuracy);
        Assert.Equal(expected.Loss, evaluated.Result.Loss);
        Assert.Equal(expected.ClassAccuracy.AsEnumerable(), evaluated.Result.ClassAccuracy);
        Assert.Equal(0, evaluated.Seconds);
    }

    [Fact]
    public void It_says_when_it_can_not_measure_and_goes_on()
    {
        var evaluator = Start();
        evaluator.Tell(new EvaluatorProtocol.Evaluate(4, ParameterVector.Zeros(2)), TestActor);
        evaluator.Tell(new EvaluatorProtocol.Evaluate(5, _plan.Network.Initialize(3)), TestActor);

        var failed = ExpectMsg<EvaluatorProtocol.EvaluationFailed>();
        Assert.Equal(4, failed.Round);
        Assert.IsAssignableFrom<ArgumentException>(failed.Cause);
        Assert.Equal(5, ExpectMsg<EvaluatorProtocol.Evaluated>().Round);
    }

    [Fact]
    public void A_restart_does_not_lose_what_is_being_measured()
    {
        using var gate = new WorkerGate(_workers);
        var evaluator = StartBelow(
            CreateTestProbe(), EvaluatorActor.Props(_plan, _workers, _time), "evaluator", FederationActor.DecideOnFailure);
        evaluator.Tell(new EvaluatorProtocol.Evaluate(4, _plan.Network.Initialize(3)), TestActor);
        evaluator.Tell(Kill.Instance);
        AwaitHandled(evaluator);
        gate.Open();

        Assert.Equal(4, ExpectMsg<EvaluatorProtocol.Evaluated>().Round);
    }

    [Fact]
    public async Task Once_stopped_it_does_not_measure_what_is_still_waiting()
    {
        using var gate = new WorkerGate(_workers);
        var evaluator = Start();
        Watch(evaluator);
        evaluator.Tell(new EvaluatorProtocol.Evaluate(4, _plan.Network.Initialize(3)), ActorRefs.NoSender);
        AwaitHandled(evaluator);
        Sys.Stop(evaluator);
        ExpectTerminated(evaluator);
        gate.Open();

        await _workers.Run(() => 0, CancellationToken.None);
        Assert.Equal(0, _time.Readings);
    }

    protected override void AfterAll()
    {
        _workers.Dispose();
        base.AfterAll();
    }

    private IActorRef Start() => Sys.ActorOf(EvaluatorActor.Props(_plan, _workers, _time));
}
