using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Devices;
using FedActors.Actors.Hosting;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Tests.Hosting;

/// <summary>An uplink between probes: seat, downlink, transfer actor, device supervisor and clients.</summary>
public sealed class UplinkActorTests : TimedActorTest
{
    private static readonly LinkProtocol.Register Register = new("host", [0, 1], ["network = mlp"]);
    private static readonly VectorReference Version = new("version-4", new string('a', 32), 50);

    private readonly TestProbe _seat;
    private readonly TestProbe _downlink;
    private readonly TestProbe _transfer;
    private readonly TestProbe _devices;
    private readonly TestProbe _observer;
    private readonly TestProbe _client;
    private readonly TestProbe _owner;

    public UplinkActorTests()
    {
        _seat = CreateTestProbe("seat");
        _downlink = CreateTestProbe("downlink");
        _transfer = CreateTestProbe("transfer");
        _devices = CreateTestProbe("devices");
        _observer = CreateTestProbe("observer");
        _client = CreateTestProbe("client");
        _owner = CreateTestProbe("owner");
    }

    [Fact]
    public void It_asks_to_take_part_until_it_is_answered()
    {
        var uplink = Start();
        _seat.ExpectMsg<LinkProtocol.Register>();

        AwaitHandled(uplink);
        Scheduler.Advance(TimeSpan.FromSeconds(1));

        _seat.ExpectMsg<LinkProtocol.Register>();
    }

    [Fact]
    public void A_roll_call_reaches_the_devices_with_the_uplink_as_their_aggregator()
    {
        var uplink = StartJoined();

        uplink.Tell(new LinkProtocol.CallRoll("run"), _downlink);

        Assert.Equal(uplink, _devices.ExpectMsg<DeviceProtocol.RollCall>().Aggregator);
    }

    [Fact]
    public void A_client_that_joins_is_announced_in_its_own_name()
    {
        var uplink = StartJoined();

        uplink.Tell(new ClientProtocol.Join(1, 10), _client);

        _downlink.ExpectMsg(new ClientProtocol.Join(1, 10));
        Assert.Equal(_client.Ref, _downlink.Sender);
    }

    [Fact]
    public void A_version_that_many_clients_want_is_pulled_once()
    {
        var uplink = StartJoined();
        var second = CreateTestProbe();
        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);
        uplink.Tell(new ClientProtocol.FetchVersion(4), second);
        _downlink.ExpectMsg(new ClientProtocol.FetchVersion(4));

        uplink.Tell(new LinkProtocol.VersionReady(4, Version), _owner);
        var pull = _transfer.ExpectMsg<TransferProtocol.Pull>();
        Assert.Equal((Version, _owner.Ref, true), (pull.Reference, pull.Owner, pull.Keep));
        var parameters = Small.Vector(50, 1);
        uplink.Tell(new TransferProtocol.Pulled(Version, parameters), _transfer);

        Assert.Equal(parameters, _client.ExpectMsg<ClientProtocol.VersionFetched>().Parameters);
        Assert.Equal(parameters, second.ExpectMsg<ClientProtocol.VersionFetched>().Parameters);
        _transfer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_version_that_was_pulled_is_asked_of_this_host_first()
    {
        var uplink = StartWithVersion();

        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);

        Assert.Null(_transfer.ExpectMsg<TransferProtocol.Pull>().Owner);
        _downlink.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_version_that_the_host_has_forgotten_is_asked_of_the_aggregator_again()
    {
        var uplink = StartWithVersion();
        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);
        _transfer.ExpectMsg<TransferProtocol.Pull>();

        uplink.Tell(new TransferProtocol.PullFailed(Version, "not here"), _transfer);

        _downlink.ExpectMsg(new ClientProtocol.FetchVersion(4));
    }

    [Fact]
    public void A_version_that_is_gone_is_gone_for_all_who_wait()
    {
        var uplink = StartJoined();
        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);

        uplink.Tell(new ClientProtocol.VersionGone(4), _downlink);

        _client.ExpectMsg(new ClientProtocol.VersionGone(4));
    }

    [Fact]
    public void A_report_travels_whole_where_a_frame_holds_its_update()
    {
        var uplink = StartJoined();
        var report = new ClientProtocol.Report(7, 1, 4, 10, Small.Vector(10, 2), Small.Metrics);

        uplink.Tell(report, _client);

        _downlink.ExpectMsg(report);
        _transfer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_report_travels_as_a_reference_to_an_update_on_offer()
    {
        var uplink = StartJoined();
        var update = Small.Vector(50, 2);

        uplink.Tell(new ClientProtocol.Report(7, 1, 4, 10, update, Small.Metrics), _client);

        var offer = _transfer.ExpectMsg<TransferProtocol.Offer>();
        Assert.Equal((update, true), (offer.Vector, offer.Once));
        var ready = _downlink.ExpectMsg<LinkProtocol.ReportReady>();
        Assert.Equal((7L, 1, 4L, 10), (ready.AssignmentId, ready.Client, ready.BaseVersion, ready.SampleCount));
        Assert.Equal(new VectorReference(offer.Name, update.Hash, 50), ready.Update);
        Assert.Equal(_transfer.Ref, _downlink.Sender);
    }

    [Fact]
    public void An_update_goes_off_offer_when_its_client_has_the_next_one()
    {
        var uplink = StartJoined();
        uplink.Tell(new ClientProtocol.Report(7, 1, 4, 10, Small.Vector(50, 2), Small.Metrics), _client);
        var first = _transfer.ExpectMsg<TransferProtocol.Offer>();

        uplink.Tell(new ClientProtocol.Report(8, 1, 4, 10, Small.Vector(50, 3), Small.Metrics), _client);

        Assert.Equal(first.Name, _transfer.ExpectMsg<TransferProtocol.Withdraw>().Name);
        _transfer.ExpectMsg<TransferProtocol.Offer>();
    }

    [Fact]
    public void When_the_aggregator_is_lost_another_is_looked_for_and_what_clients_wait_for_is_asked_of_it()
    {
        var uplink = StartJoined();
        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);
        _downlink.ExpectMsg<ClientProtocol.FetchVersion>();

        Sys.Stop(_downlink);
        _observer.ExpectMsg<LinkEvents.AggregatorLost>();
        _seat.ExpectMsg<LinkProtocol.Register>();
        var heir = CreateTestProbe("heir");
        uplink.Tell(new LinkProtocol.Registered("run"), heir);

        heir.ExpectMsg(new ClientProtocol.FetchVersion(4));
    }

    [Fact]
    public void The_end_of_the_run_is_acknowledged_and_told()
    {
        var uplink = StartJoined();

        uplink.Tell(new LinkProtocol.RunEnded(true, "done"), _downlink);

        _downlink.ExpectMsg(new LinkProtocol.EndHeard("host"));
        _observer.ExpectMsg(new LinkEvents.RunEnded(true, "done"));
    }

    private IActorRef Start() => Sys.ActorOf(
        UplinkActor.Props(Register, new UplinkLinks(_seat, _transfer, _devices, _observer), largestWhole: 40), "uplink");

    private IActorRef StartJoined()
    {
        var uplink = Start();
        _seat.ExpectMsg<LinkProtocol.Register>();
        uplink.Tell(new LinkProtocol.Registered("run"), _downlink);
        _observer.ExpectMsg<LinkEvents.JoinedRun>();
        return uplink;
    }

    private IActorRef StartWithVersion()
    {
        var uplink = StartJoined();
        uplink.Tell(new ClientProtocol.FetchVersion(4), _client);
        _downlink.ExpectMsg<ClientProtocol.FetchVersion>();
        uplink.Tell(new LinkProtocol.VersionReady(4, Version), _owner);
        _transfer.ExpectMsg<TransferProtocol.Pull>();
        uplink.Tell(new TransferProtocol.Pulled(Version, Small.Vector(50, 1)), _transfer);
        _client.ExpectMsg<ClientProtocol.VersionFetched>();
        return uplink;
    }
}
