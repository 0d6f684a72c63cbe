using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Devices;
using FedActors.Actors.Hosting;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Hosting;

/// <summary>A downlink between probes: aggregator, transfer actor, and a host with an uplink and clients.</summary>
public sealed class DownlinkActorTests : TimedActorTest
{
    private const int Parameters = 50;

    private static readonly SettingsManifest Manifest = new([KeyValuePair.Create("network", "mlp")]);

    private static readonly TimeSpan HostLossTime = TimeSpan.FromSeconds(10);

    private readonly TestProbe _aggregator;
    private readonly TestProbe _transfer;
    private readonly TestProbe _observer;
    private readonly TestProbe _uplink;
    private readonly TestProbe _client;

    public DownlinkActorTests()
    {
        _aggregator = CreateTestProbe("aggregator");
        _transfer = CreateTestProbe("transfer");
        _observer = CreateTestProbe("observer");
        _uplink = CreateTestProbe("uplink");
        _client = CreateTestProbe("client");
    }

    [Fact]
    public void A_host_that_fits_is_taken_in_and_its_roll_called_when_the_aggregator_calls()
    {
        var downlink = Start();
        Register(downlink);

        downlink.Tell(new DeviceProtocol.RollCall(_aggregator));

        _uplink.ExpectMsg(new LinkProtocol.Registered("run"));
        _uplink.ExpectMsg(new LinkProtocol.CallRoll("run"));
        Assert.Equal(3, _observer.ExpectMsg<LinkEvents.HostJoined>().Clients);
    }

    [Fact]
    public void A_host_that_comes_later_has_its_roll_called_at_once()
    {
        var downlink = Start();
        downlink.Tell(new DeviceProtocol.RollCall(_aggregator));

        Register(downlink);

        _uplink.ExpectMsg<LinkProtocol.Registered>();
        _uplink.ExpectMsg<LinkProtocol.CallRoll>();
    }

    [Fact]
    public void The_roll_of_a_host_is_called_again_until_all_its_clients_have_joined()
    {
        var (downlink, _) = StartWithClient();

        Register(downlink);
        _uplink.ExpectMsg<LinkProtocol.Registered>();
        _uplink.ExpectMsg<LinkProtocol.CallRoll>();

        downlink.Tell(new ClientProtocol.Join(0, 10), _client);
        downlink.Tell(new ClientProtocol.Join(2, 10), _client);
        Register(downlink);
        _uplink.ExpectMsg<LinkProtocol.Registered>();
        AwaitHandled(downlink);
        _uplink.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_host_with_other_settings_is_refused_and_told_how_they_differ()
    {
        var downlink = Start();

        downlink.Tell(new LinkProtocol.Register("host", [0], ["network = cnn"]), _uplink);

        Assert.Equal(["network is 'cnn' on the host, but 'mlp' on the aggregator"], _uplink.ExpectMsg<LinkProtocol.Refused>().Differences);
    }

    [Fact]
    public void A_host_with_clients_that_the_run_does_not_have_is_refused()
    {
        var downlink = Start();

        downlink.Tell(new LinkProtocol.Register("host", [6], Manifest.Lines), _uplink);

        Assert.Contains("outside of 0 to 5", Assert.Single(_uplink.ExpectMsg<LinkProtocol.Refused>().Differences));
    }

    [Fact]
    public void A_client_that_joins_is_seen_by_the_aggregator_through_an_actor_that_hands_on()
    {
        var (_, remoteClient) = StartWithClient();

        remoteClient.Tell(new ClientProtocol.Welcome(1), _aggregator);
        var assign = new ClientProtocol.Assign(1, 1, 0, 0, new TrainingRecipe(1, null, 0.1));
        remoteClient.Tell(assign, _aggregator);

        _client.ExpectMsg(new ClientProtocol.Welcome(1));
        _client.ExpectMsg(assign);
    }

    [Fact]
    public void An_update_is_pulled_before_the_aggregator_hears_of_it()
    {
        var (downlink, remoteClient) = StartWithClient();
        var update = Small.Vector(Parameters, 1);
        var ready = Ready(7, update);

        downlink.Tell(ready, _uplink);
        var pull = _transfer.ExpectMsg<TransferProtocol.Pull>();
        Assert.Equal((ready.Update, _uplink.Ref, false), (pull.Reference, pull.Owner, pull.Keep));
        _aggregator.ExpectNoMsg(TimeSpan.Zero);
        _transfer.Reply(new TransferProtocol.Pulled(pull.Reference, update));

        var report = _aggregator.ExpectMsg<ClientProtocol.Report>();
        Assert.Equal((7L, 1, update), (report.AssignmentId, report.Client, report.Update));
        remoteClient.Tell(new ClientProtocol.Accepted(7), _aggregator);
        _client.ExpectMsg(new ClientProtocol.Accepted(7));
    }

    [Fact]
    public void A_report_that_came_with_its_update_is_handed_on_and_so_is_the_answer()
    {
        var (downlink, remoteClient) = StartWithClient();
        var report = new ClientProtocol.Report(7, 1, 0, 10, Small.Vector(Parameters, 1), Small.Metrics);

        downlink.Tell(report, _uplink);

        _aggregator.ExpectMsg(report);
        Assert.Equal(remoteClient, _aggregator.Sender);
        remoteClient.Tell(new ClientProtocol.Accepted(7), _aggregator);
        _client.ExpectMsg(new ClientProtocol.Accepted(7));
        _transfer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_whole_report_gives_back_the_room_of_one_that_was_being_pulled()
    {
        var (downlink, _) = StartWithClient(room: Parameters * sizeof(float));
        var other = CreateTestProbe("other");
        downlink.Tell(new ClientProtocol.Join(2, 10), other);
        _aggregator.ExpectMsg<ClientProtocol.Join>();
        downlink.Tell(Ready(7, Small.Vector(Parameters, 1)), _uplink);
        _transfer.ExpectMsg<TransferProtocol.Pull>();

        downlink.Tell(new ClientProtocol.Report(8, 1, 0, 10, Small.Vector(Parameters, 2), Small.Metrics), _uplink);
        downlink.Tell(Ready(9, Small.Vector(Parameters, 3), client: 2), _uplink);

        Assert.Equal(8, _aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
        Assert.Equal("update-9", _transfer.ExpectMsg<TransferProtocol.Pull>().Reference.Name);
    }

    [Fact]
    public void A_report_that_is_repeated_while_it_is_answered_is_not_pulled_again()
    {
        var (downlink, _) = StartWithClient();
        var update = Small.Vector(Parameters, 1);
        downlink.Tell(Ready(7, update), _uplink);
        _transfer.Reply(new TransferProtocol.Pulled(_transfer.ExpectMsg<TransferProtocol.Pull>().Reference, update));
        _aggregator.ExpectMsg<ClientProtocol.Report>();

        downlink.Tell(Ready(7, update), _uplink);

        Assert.Equal(update, _aggregator.ExpectMsg<ClientProtocol.Report>().Update);
        _transfer.ExpectNoMsg(TimeSpan.Zero);
        _uplink.FishForMessage<TransferProtocol.Delivered>(delivered => delivered.Name == "update-7");
    }

    [Fact]
    public void Updates_wait_on_their_hosts_when_there_is_no_room_for_them()
    {
        var (downlink, remoteClient) = StartWithClient(room: Parameters * sizeof(float));
        var other = CreateTestProbe("other");
        downlink.Tell(new ClientProtocol.Join(2, 10), other);
        _aggregator.ExpectMsg<ClientProtocol.Join>();
        var update = Small.Vector(Parameters, 1);
        downlink.Tell(Ready(7, update), _uplink);
        downlink.Tell(Ready(8, update, client: 2), _uplink);
        var first = _transfer.ExpectMsg<TransferProtocol.Pull>();
        AwaitHandled(downlink);
        _transfer.ExpectNoMsg(TimeSpan.Zero);

        remoteClient.Tell(new TransferProtocol.Pulled(first.Reference, update), _transfer);
        _aggregator.ExpectMsg<ClientProtocol.Report>();
        remoteClient.Tell(new ClientProtocol.Accepted(7), _aggregator);

        Assert.Equal("update-8", _transfer.ExpectMsg<TransferProtocol.Pull>().Reference.Name);
    }

    [Fact]
    public void A_pull_that_failed_is_tried_again_when_the_client_reports_again()
    {
        var (downlink, _) = StartWithClient();
        var update = Small.Vector(Parameters, 1);
        downlink.Tell(Ready(7, update), _uplink);
        var pull = _transfer.ExpectMsg<TransferProtocol.Pull>();
        _transfer.Reply(new TransferProtocol.PullFailed(pull.Reference, "gone"));

        AwaitAssert(
            () =>
            {
                downlink.Tell(Ready(7, update), _uplink);
                _transfer.ExpectMsg<TransferProtocol.Pull>(TimeSpan.FromMilliseconds(100));
            },
            Patience);
    }

    [Fact]
    public void An_update_of_another_length_is_rejected_without_a_pull()
    {
        var (downlink, _) = StartWithClient();

        downlink.Tell(Ready(7, Small.Vector(Parameters + 1, 1)), _uplink);

        Assert.Contains("51 values", _client.ExpectMsg<ClientProtocol.Rejected>().Reason);
        _transfer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_version_is_asked_for_once_and_offered_to_all_hosts()
    {
        var (downlink, _) = StartWithClient();
        var parameters = Small.Vector(Parameters, 3);
        downlink.Tell(new ClientProtocol.FetchVersion(4), _uplink);
        _aggregator.ExpectMsg(new ClientProtocol.FetchVersion(4));
        _aggregator.Reply(new ClientProtocol.VersionFetched(4, parameters));

        var offer = _transfer.ExpectMsg<TransferProtocol.Offer>();
        var ready = _uplink.FishForMessage<LinkProtocol.VersionReady>(_ => true);
        Assert.Equal((offer.Name, parameters.Hash, Parameters), (ready.Parameters.Name, ready.Parameters.Hash, ready.Parameters.Length));
        Assert.Equal(_transfer.Ref, _uplink.Sender);

        downlink.Tell(new ClientProtocol.FetchVersion(4), _uplink);
        Assert.Equal(ready, _uplink.ExpectMsg<LinkProtocol.VersionReady>());
        _aggregator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Old_versions_go_off_offer_when_new_ones_come()
    {
        var (downlink, _) = StartWithClient();
        var names = new List<string>();
        for (var version = 1; version <= 4; version++)
        {
            downlink.Tell(new ClientProtocol.FetchVersion(version), _uplink);
            _aggregator.ExpectMsg<ClientProtocol.FetchVersion>();
            _aggregator.Reply(new ClientProtocol.VersionFetched(version, Small.Vector(Parameters, (ulong)version)));
            names.Add(_transfer.ExpectMsg<TransferProtocol.Offer>().Name);
        }

        Assert.Equal(names[0], _transfer.ExpectMsg<TransferProtocol.Withdraw>().Name);
    }

    [Fact]
    public void A_version_that_is_gone_is_said_to_be()
    {
        var (downlink, _) = StartWithClient();
        downlink.Tell(new ClientProtocol.FetchVersion(4), _uplink);
        _aggregator.ExpectMsg<ClientProtocol.FetchVersion>();

        _aggregator.Reply(new ClientProtocol.VersionGone(4));

        _uplink.FishForMessage<ClientProtocol.VersionGone>(gone => gone.Version == 4);
    }

    [Fact]
    public void A_client_actor_that_ended_is_gone_for_the_aggregator_too()
    {
        var (_, remoteClient) = StartWithClient();
        _aggregator.Watch(remoteClient);

        Sys.Stop(_client);

        // The time begins when the remote client has heard of it.
        AwaitAssert(() =>
        {
            Scheduler.Advance(HostLossTime);
            _aggregator.ExpectTerminated(remoteClient, TimeSpan.FromMilliseconds(100));
        });
    }

    [Fact]
    public void A_client_actor_that_ended_because_its_host_leaves_is_awaited()
    {
        var (_, remoteClient) = StartWithClient();
        _aggregator.Watch(remoteClient);

        Sys.Stop(_client);
        Sys.Stop(_uplink);
        _observer.FishForMessage<LinkEvents.HostLost>(_ => true);
        AwaitHandled(remoteClient);
        Scheduler.Advance(HostLossTime);
        AwaitHandled(remoteClient);

        _aggregator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_stranger_can_neither_join_nor_report_for_a_host()
    {
        var downlink = Start();
        downlink.Tell(new DeviceProtocol.RollCall(_aggregator));

        downlink.Tell(new ClientProtocol.Join(1, 10), _client);
        downlink.Tell(Ready(7, Small.Vector(Parameters, 1)), _uplink);
        downlink.Tell(new ClientProtocol.FetchVersion(1), _uplink);

        AwaitHandled(downlink);
        _aggregator.ExpectNoMsg(TimeSpan.Zero);
        _transfer.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void All_hosts_are_told_of_the_end_and_the_seat_when_all_know()
    {
        var (downlink, _) = StartWithClient();
        var seat = CreateTestProbe("seat");

        downlink.Tell(new DownlinkActor.Conclude(true, "done"), seat);
        _uplink.FishForMessage<LinkProtocol.RunEnded>(ended => ended is { Succeeded: true, Message: "done" });
        seat.ExpectNoMsg(TimeSpan.Zero);
        downlink.Tell(new LinkProtocol.EndHeard("host"), _uplink);

        seat.ExpectMsg<DownlinkActor.AllKnow>();
    }

    private static LinkProtocol.ReportReady Ready(long assignment, ParameterVector update, int client = 1) => new(
        assignment, client, 0, 10, new VectorReference($"update-{assignment}", update.Hash, update.Length), Small.Metrics);

    private IActorRef Start(long room = 1 << 20) => Sys.ActorOf(
        DownlinkActor.Props(
            new DownlinkSettings
            {
                Run = "run",
                Manifest = Manifest,
                Clients = 6,
                Parameters = Parameters,
                OnLoss = HostLossPolicy.Await,
                UpdatesInFlight = room,
            },
            _transfer,
            _observer),
        "downlink");

    private void Register(IActorRef downlink) => downlink.Tell(new LinkProtocol.Register("host", [0, 1, 2], Manifest.Lines), _uplink);

    private (IActorRef Downlink, IActorRef RemoteClient) StartWithClient(long room = 1 << 20)
    {
        var downlink = Start(room);
        downlink.Tell(new DeviceProtocol.RollCall(_aggregator));
        Register(downlink);
        _uplink.ExpectMsg<LinkProtocol.Registered>();
        _uplink.ExpectMsg<LinkProtocol.CallRoll>();
        downlink.Tell(new ClientProtocol.Join(1, 10), _client);
        _aggregator.ExpectMsg(new ClientProtocol.Join(1, 10));
        return (downlink, _aggregator.Sender);
    }
}
