using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;
using FedActors.Models.Data;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Devices;

public sealed class TrainerActorTests : ActorTest
{
    private const int Client = 1;

    private readonly WorkerPool _workers = new(1);
    private readonly ManualTime _time = new();
    private readonly TestProbe _client;

    public TrainerActorTests() => _client = CreateTestProbe();

    [Fact]
    public void It_computes_the_local_update_of_the_assignment()
    {
        var plan = Small.Plan();
        var start = Small.Vector(plan, 1);
        Start(Small.Settings, out _).Tell(Train(7, start));

        var trained = _client.ExpectMsg<TrainerProtocol.Trained>();

        Assert.Equal(7, trained.AssignmentId);
        Assert.Equal(Small.Train(plan, start, Client, 7), trained.Update);
    }

    [Fact]
    public void It_trains_on_the_images_that_the_client_has_in_the_round_of_the_assignment()
    {
        var settings = Small.Settings with { Data = Small.Settings.Data with { Drift = new DriftSettings(DriftSettings.Inverted, 1, 90) } };
        var plan = FederationPlan.Create(settings, SecondDomain.AddInverted(Small.Data, 90));
        var start = Small.Vector(plan, 1);
        var trainer = Start(plan, out _);
        trainer.Tell(Train(7, start, round: 3));
        trainer.Tell(Train(7, start));

        Assert.Equal(Small.Train(plan, start, Client, 7, round: 3), _client.ExpectMsg<TrainerProtocol.Trained>().Update);
        Assert.Equal(Small.Train(Small.Plan(), start, Client, 7), _client.ExpectMsg<TrainerProtocol.Trained>().Update);
    }

    [Fact]
    public void It_trains_again_and_again()
    {
        var start = Small.Vector(Small.Plan(), 1);
        var trainer = Start(Small.Settings, out _);
        trainer.Tell(Train(1, start));
        var first = _client.ExpectMsg<TrainerProtocol.Trained>();
        trainer.Tell(Train(1, start));

        Assert.Equal(first.Update, _client.ExpectMsg<TrainerProtocol.Trained>().Update);
    }

    [Fact]
    public void It_crashes_when_its_device_was_drawn_to()
    {
        var trainer = Start(Small.Settings.With(Small.NoDropout with { Crash = Small.Always }), out var failures);
        _client.Watch(trainer);
        trainer.Tell(Train(1, Small.Vector(Small.Plan(), 1)));

        _client.ExpectTerminated(trainer);
        Assert.IsType<SimulatedCrashException>(Assert.Single(failures));
        Assert.Equal(0, _time.Readings);
    }

    [Fact]
    public void How_often_it_crashed_before_decides_whether_it_crashes_again()
    {
        var settings = Small.Settings
            .With(Small.NoDropout with { Crash = 0.5 })
            .Fated(fate => fate.Crashes(Client, 1, 0) && fate.Crashes(Client, 1, 1) && !fate.Crashes(Client, 1, 2));
        var start = Small.Vector(Small.Plan(), 1);

        Start(settings, out _).Tell(Train(1, start) with { Crashes = 2 });

        _client.ExpectMsg<TrainerProtocol.Trained>();
    }

    [Fact]
    public void It_fails_when_training_throws_and_says_why()
    {
        var trainer = Start(Small.Settings, out var failures);
        _client.Watch(trainer);
        trainer.Tell(Train(1, ParameterVector.Zeros(3)));

        _client.ExpectTerminated(trainer);
        var failure = Assert.IsType<TrainingFailedException>(Assert.Single(failures));
        Assert.IsAssignableFrom<ArgumentException>(failure.InnerException);
        Assert.Contains(failure.InnerException!.Message, failure.Message);
    }

    [Fact]
    public async Task Once_stopped_it_does_not_train_what_is_still_waiting()
    {
        using var gate = new WorkerGate(_workers);
        var trainer = Start(Small.Settings, out _);
        _client.Watch(trainer);
        trainer.Tell(Train(1, Small.Vector(Small.Plan(), 1)));
        AwaitHandled(trainer);
        Sys.Stop(trainer);
        _client.ExpectTerminated(trainer);
        gate.Open();

        await _workers.Run(() => 0, CancellationToken.None);
        Assert.Equal(0, _time.Readings);
    }

    protected override void AfterAll()
    {
        _workers.Dispose();
        base.AfterAll();
    }

    private static TrainerProtocol.Train Train(long id, ParameterVector start, int round = 0) =>
        new(new ClientProtocol.Assign(id, Client, 0, round, Small.Settings.Training), start, Crashes: 0);

    private IActorRef Start(FederationSettings settings, out List<Exception> failures) => Start(Small.Plan(settings), out failures);

    private IActorRef Start(FederationPlan plan, out List<Exception> failures)
    {
        var seen = new List<Exception>();
        failures = seen;
        return StartBelow(
            _client,
            TrainerActor.Props(new DeviceEnvironment(plan, _workers, _time)),
            "trainer",
            cause =>
            {
                seen.Add(cause);
                return Directive.Stop;
            });
    }
}
