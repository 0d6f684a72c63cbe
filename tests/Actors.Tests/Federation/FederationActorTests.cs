using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Tests.Federation;

public sealed class FederationActorTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkerPool _workers = new(1);
    private readonly TestProbe _devices;
    private readonly TestProbe _observer;

    public FederationActorTests()
    {
        _devices = CreateTestProbe();
        _observer = CreateTestProbe();
    }

    [Fact]
    public void It_starts_journal_evaluator_and_aggregator_which_calls_the_roll()
    {
        var federation = Start();

        var aggregator = _devices.ExpectMsg<DeviceProtocol.RollCall>().Aggregator;
        Assert.Equal(Find(federation, "aggregator"), aggregator);
        Assert.NotNull(Find(federation, "journal"));
        Assert.NotNull(Find(federation, "evaluator"));
    }

    [Fact]
    public void Progress_is_handed_on()
    {
        var progressed = new AggregatorProtocol.Progressed(new RunProgress
        {
            Round = 1,
            Rounds = 2,
            Version = 1,
            FederationTime = TimeSpan.Zero,
            Counters = RunCounters.Zero,
            DevicesAway = 0,
        });
        Start().Tell(progressed);

        _observer.ExpectMsg(progressed);
    }

    [Fact]
    public void An_interruption_reaches_the_aggregator_and_the_end_is_told_once()
    {
        var federation = Start();
        _devices.ExpectMsg<DeviceProtocol.RollCall>();
        federation.Tell(AggregatorProtocol.Interrupt.Instance);

        _observer.ExpectMsg(new AggregatorProtocol.Ended(new RunOutcome.Interrupted(0)));
        federation.Tell(new AggregatorProtocol.Ended(new RunOutcome.Interrupted(1)));
        AwaitHandled(federation);
        _observer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_ends_the_run_so_that_it_can_be_resumed()
    {
        File.WriteAllText(_folder.At("run"), "a file");
        Start(_folder.At("run"));

        var failed = Assert.IsType<RunOutcome.Failed>(_observer.ExpectMsg<AggregatorProtocol.Ended>().Outcome);
        Assert.True(failed.Resumable);
        Assert.Contains(_folder.At("run"), failed.Reason);
        Assert.IsAssignableFrom<IOException>(failed.Cause);
    }

    [Theory]
    [InlineData("aggregator")]
    [InlineData("journal")]
    [InlineData("evaluator")]
    public void A_child_that_fails_too_often_ends_the_run(string name)
    {
        var federation = Start();
        _devices.ExpectMsg<DeviceProtocol.RollCall>();
        var child = Find(federation, name)!;
        for (var failure = 0; failure < 4; failure++)
        {
            child.Tell(Kill.Instance);
        }

        var failed = Assert.IsType<RunOutcome.Failed>(_observer.ExpectMsg<AggregatorProtocol.Ended>().Outcome);
        Assert.Contains("failed too often", failed.Reason);
        Assert.True(failed.Resumable);
    }

    [Fact]
    public void A_child_that_was_stopped_ends_the_run()
    {
        var federation = Start();
        _devices.ExpectMsg<DeviceProtocol.RollCall>();
        Sys.Stop(Find(federation, "evaluator")!);

        var failed = Assert.IsType<RunOutcome.Failed>(_observer.ExpectMsg<AggregatorProtocol.Ended>().Outcome);
        Assert.Contains("evaluator", failed.Reason);
    }

    [Fact]
    public void A_restarted_aggregator_calls_the_roll_again()
    {
        var federation = Start();
        var first = _devices.ExpectMsg<DeviceProtocol.RollCall>().Aggregator;
        Find(federation, "aggregator")!.Tell(Kill.Instance);

        Assert.Equal(first, _devices.ExpectMsg<DeviceProtocol.RollCall>().Aggregator);
    }

    [Fact]
    public void A_restarted_journal_makes_the_aggregator_ask_it_again()
    {
        var federation = Start();
        _devices.ExpectMsg<DeviceProtocol.RollCall>();
        Find(federation, "journal")!.Tell(Kill.Instance);

        _devices.ExpectMsg<DeviceProtocol.RollCall>();
    }

    [Fact]
    public void Failures_are_met_with_a_restart_unless_the_child_can_not_start()
    {
        Exception[] failures = [new InvalidOperationException(), new TimeoutException(), new ActorKilledException("killed")];

        Assert.All(failures, failure => Assert.Equal(Directive.Restart, FederationActor.DecideOnFailure(failure)));
        Assert.Equal(Directive.Stop, FederationActor.DecideOnFailure(new ActorInitializationException("no")));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _workers.Dispose();
        _folder.Dispose();
    }

    private IActorRef Start(string? folder = null) => Sys.ActorOf(
        FederationActor.Props(Small.Plan(), Small.Options(folder ?? _folder.Root), _workers, _devices, _observer), "federation");
}
