using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Hosting;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Tests.Hosting;

/// <summary>A seat with its parts, between probes: transfer actor, observer, and the uplink of a host.</summary>
public sealed class SeatActorTests : TimedActorTest
{
    private static readonly SettingsManifest Manifest = new([KeyValuePair.Create("network", "mlp")]);

    private readonly TemporaryFolder _folder = new();
    private readonly WorkerPool _workers = new(1);
    private readonly TestProbe _observer;
    private readonly TestProbe _uplink;

    public SeatActorTests()
    {
        _observer = CreateTestProbe("observer");
        _uplink = CreateTestProbe("uplink");
    }

    [Fact]
    public void A_seat_that_has_the_folder_leads_the_run()
    {
        Start();

        Assert.False(_observer.ExpectMsg<LinkEvents.SeatTaken>().Resumed);
        Assert.Equal("settings", File.ReadAllText(Path.Combine(_folder.Root, "config.conf")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_the_run_here_and_is_left_to_others()
    {
        // A folder where the settings should go.
        Directory.CreateDirectory(Path.Combine(_folder.Root, "config.conf"));
        var seat = Start();

        Assert.Contains("can't be used", ExpectFailure().Reason);
        using var next = RunLease.TryTake(_folder.Root);
        Assert.NotNull(next);
        AwaitHandled(seat);
    }

    [Fact]
    public void A_federation_that_ends_before_the_run_does_fails_the_run_and_the_hosts_hear_of_it()
    {
        var seat = Start();
        _observer.ExpectMsg<LinkEvents.SeatTaken>();
        seat.Tell(Register, _uplink);
        _uplink.ExpectMsg<LinkProtocol.Registered>();
        var downlink = _uplink.Sender;
        _observer.ExpectMsg<LinkEvents.HostJoined>();

        Sys.Stop(Find(seat, "federation"));

        var ended = _uplink.FishForMessage<LinkProtocol.RunEnded>(_ => true);
        Assert.Equal((false, "The federation ended before the run did: it was stopped"), (ended.Succeeded, ended.Message));
        downlink.Tell(new LinkProtocol.EndHeard("host"), _uplink);
        Assert.Equal(ended.Message, ExpectFailure().Reason);
    }

    [Fact]
    public void A_federation_that_is_killed_is_said_to_have_been()
    {
        var seat = Start();
        _observer.ExpectMsg<LinkEvents.SeatTaken>();

        Find(seat, "federation").Tell(Kill.Instance);

        Assert.IsType<ActorKilledException>(ExpectFailure().Cause);
    }

    [Fact]
    public void A_run_that_is_found_finished_is_told_to_hosts_that_come_late()
    {
        var seat = StartFinished();
        Scheduler.Advance(TimeSpan.FromSeconds(9));
        AwaitHandled(Find(seat, "downlink")!);
        _observer.ExpectNoMsg(TimeSpan.Zero);

        seat.Tell(Register, _uplink);
        Assert.True(_uplink.ExpectMsg<LinkProtocol.RunEnded>().Succeeded);
        _uplink.Reply(new LinkProtocol.EndHeard("host"));
        AwaitHandled(Find(seat, "downlink")!);
        _observer.ExpectNoMsg(TimeSpan.Zero);

        Scheduler.Advance(TimeSpan.FromSeconds(1));
        _observer.ExpectMsg<LinkEvents.FinishedTold>();
    }

    [Fact]
    public void A_run_that_is_found_finished_is_told_until_nobody_can_be_on_the_way_any_more()
    {
        StartFinished();

        Scheduler.Advance(TimeSpan.FromSeconds(10));

        _observer.ExpectMsg<LinkEvents.FinishedTold>();
    }

    [Fact]
    public void A_seat_that_leaves_says_that_the_run_was_interrupted_and_ends()
    {
        var seat = Start();
        _observer.ExpectMsg<LinkEvents.SeatTaken>();
        _observer.Watch(seat);

        seat.Tell(SeatProtocol.Leave.Instance);

        Assert.Equal(new RunOutcome.Interrupted(0), _observer.ExpectMsg<AggregatorProtocol.Ended>().Outcome);
        _observer.ExpectTerminated(seat);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _workers.Dispose();
        _folder.Dispose();
    }

    private static LinkProtocol.Register Register => new("host", [0, 1, 2], Manifest.Lines);

    private IActorRef Start()
    {
        var plan = Small.Plan();
        var options = new SeatOptions
        {
            Plan = plan,
            Run = Small.Options(_folder.Root),
            Workers = _workers,
            Downlink = new DownlinkSettings
            {
                Run = "run",
                Manifest = Manifest,
                Clients = 6,
                Parameters = plan.Network.Layout.Count,
                OnLoss = HostLossPolicy.Await,
                UpdatesInFlight = 1 << 20,
            },
            Settings = "settings",
        };
        return Sys.ActorOf(SeatActor.Props(options, CreateTestProbe("transfer"), _observer), "seat");
    }

    private IActorRef StartFinished()
    {
        File.WriteAllText(Path.Combine(_folder.Root, "summary.json"), "{}");
        var seat = Start();
        _observer.ExpectMsg(new LinkEvents.FinishedFound(_folder.Root));
        AwaitHandled(seat);
        AwaitHandled(Find(seat, "downlink")!);
        return seat;
    }

    private RunOutcome.Failed ExpectFailure() =>
        Assert.IsType<RunOutcome.Failed>(_observer.FishForMessage<AggregatorProtocol.Ended>(_ => true).Outcome);
}
