using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.SBR;
using Akka.Cluster.Tools.Singleton;
using Akka.Remote;
using FedActors.Actors.Hosting;
using FedActors.Host.Hosts;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Hosts;

/// <summary>What the cluster makes of the settings of hosts.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterSettingsTests : IAsyncLifetime
{
    // Also on a starved machine nobody looks dead who is not.
    private const string Patient = Haste.Settings + "akka.cluster.failure-detector.acceptable-heartbeat-pause = 60s";

    private readonly List<TestNode> _nodes = [];

    // One for all hosts, so that what happens on different hosts has an order.
    private readonly Channel<(string What, Address Host, IActorRef Seat)> _news =
        Channel.CreateUnbounded<(string What, Address Host, IActorRef Seat)>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // To leave in order takes seconds.
        await Task.WhenAll(_nodes.Select(node => node.CrashAsync()));
    }

    [Fact]
    public void The_settings_of_a_host_are_those_that_the_cluster_reads()
    {
        var node = Start("", HostRole.Client);
        var manager = ClusterSingletonManagerSettings.Create(node.System);
        var proxy = ClusterSingletonProxySettings.Create(node.System);

        Assert.Equal(("seat", HostRole.Aggregator), (manager.SingletonName, manager.Role));
        Assert.Equal(TimeSpan.FromSeconds(1), manager.HandOverRetryInterval);
        Assert.Equal(("seat", HostRole.Aggregator, 0), (proxy.SingletonName, proxy.Role, proxy.BufferSize));
        Assert.IsType<SplitBrainResolverProvider>(node.Cluster.DowningProvider);
        Assert.Equal(TimeSpan.FromSeconds(7), node.Cluster.DowningProvider.DownRemovalMargin);
        Assert.Equal(TimeSpan.FromSeconds(3), node.Cluster.Settings.SeedNodeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), node.Cluster.Settings.RetryUnsuccessfulJoinAfter);
        Assert.Equal(TimeSpan.FromMilliseconds(500), node.Cluster.Settings.UnreachableNodesReaperInterval);
        Assert.True(node.Cluster.Settings.RunCoordinatedShutdownWhenDown);
        Assert.Equal([HostRole.Client], node.Cluster.Settings.Roles);
        Assert.Equal(
            TimeSpan.FromSeconds(30), CoordinatedShutdown.Get(node.System).Timeout(CoordinatedShutdown.PhaseClusterExiting));
    }

    [Fact]
    public void A_silent_host_is_unreachable_after_four_and_a_half_seconds()
    {
        var settings = Start("", HostRole.Client).Cluster.Settings.FailureDetectorConfig;
        var interval = settings.GetTimeSpan("heartbeat-interval");
        var now = TimeSpan.Zero;
        var detector = new PhiAccrualFailureDetector(
            settings.GetDouble("threshold"),
            settings.GetInt("max-sample-size"),
            settings.GetTimeSpan("min-std-deviation"),
            settings.GetTimeSpan("acceptable-heartbeat-pause"),
            interval,
            () => (long)now.TotalMilliseconds);
        for (var beat = 0; beat < 1000; beat++)
        {
            now += interval;
            detector.HeartBeat();
        }

        now += TimeSpan.FromSeconds(4.4);
        Assert.True(detector.IsAvailable);
        now += TimeSpan.FromSeconds(0.3);
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public async Task The_seat_is_handed_over_when_its_host_leaves_in_order_and_there_are_never_two()
    {
        var devices = Start(Patient, HostRole.Client);
        var leader = Start(Patient, HostRole.Aggregator);
        var standby = Start(Patient, HostRole.Aggregator);
        await TestNode.JoinAsync(devices, leader, standby);
        var members = standby.Open("hand-over");
        standby.Cluster.Subscribe(
            members.Actor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberExited), typeof(ClusterEvent.MemberRemoved));
        OfferSeat(leader);
        OfferSeat(standby);
        var seat = await SeatAsync("taken", leader);

        var left = leader.DisposeAsync().AsTask();

        await SeatAsync("asked to leave", leader);
        Assert.IsType<ClusterEvent.MemberExited>((await members.NextAsync()).Message);
        seat.Tell(Seat.Saved);
        await SeatAsync("left", leader);
        await SeatAsync("taken", standby);
        await left;
        var removed = Assert.IsType<ClusterEvent.MemberRemoved>((await members.NextAsync()).Message);
        Assert.Equal((leader.Address, MemberStatus.Exiting), (removed.Member.Address, removed.PreviousStatus));
    }

    [Fact]
    public async Task What_is_told_before_the_seat_is_taken_is_dropped_and_what_comes_after_arrives()
    {
        var host = Start(Patient, HostRole.Aggregator, HostRole.Client);
        await TestNode.JoinAsync(host);
        var way = Node.FindSeat(host.System);
        way.Tell("early");
        await way.Ask<ActorIdentity>(new Identify("early was handled"), TestNode.Patience);
        var repeated = host.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(50), way, "late", ActorRefs.NoSender);

        OfferSeat(host);

        await SeatAsync("taken", host);
        await SeatAsync("late", host);
        repeated.Cancel();
    }

    [Fact]
    public async Task A_host_in_the_minority_ends_its_actor_system()
    {
        // Of two, the one with the lower address is the majority.
        var (lower, higher) = await JoinTwoAsync();

        await lower.CrashAsync();

        await higher.System.WhenTerminated.WaitAsync(TestNode.Patience);
        Assert.Same(CoordinatedShutdown.ClusterDowningReason.Instance, CoordinatedShutdown.Get(higher.System).ShutdownReason);
    }

    [Fact]
    public async Task Actors_of_a_host_that_is_removed_end_with_its_address()
    {
        var (lower, higher) = await JoinTwoAsync();
        var watcher = lower.Open("watcher");
        var members = lower.Open("removals");
        lower.Cluster.Subscribe(members.Actor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        var brief = higher.Open("brief").Actor;
        watcher.Watch(lower.Seen(higher, higher.Open("lasting").Actor));
        watcher.Watch(lower.Seen(higher, brief));
        brief.Tell(PoisonPill.Instance);

        // Its end is known here once both are watched over there.
        Assert.False(Assert.IsType<Terminated>((await watcher.NextAsync()).Message).AddressTerminated);
        await higher.CrashAsync();

        Assert.True(Assert.IsType<Terminated>((await watcher.NextAsync()).Message).AddressTerminated);
        Assert.Equal(MemberStatus.Down, Assert.IsType<ClusterEvent.MemberRemoved>((await members.NextAsync()).Message).PreviousStatus);
    }

    [Fact]
    public async Task A_host_that_still_looks_for_the_cluster_ends_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var host = Start($"akka.cluster.seed-nodes = [\"akka.tcp://fedactors@{silent.LocalEndpoint}\"]", HostRole.Client);
        using (await silent.AcceptTcpClientAsync().WaitAsync(TestNode.Patience))
        {
            silent.Stop();
        }

        await host.DisposeAsync().AsTask().WaitAsync(CoordinatedShutdown.Get(host.System).Timeout(CoordinatedShutdown.PhaseClusterExiting));
    }

    private TestNode Start(string settings, params string[] roles)
    {
        var node = TestNode.Start(settings, roles);
        _nodes.Add(node);
        return node;
    }

    private async Task<(TestNode Lower, TestNode Higher)> JoinTwoAsync()
    {
        TestNode[] nodes = [Start(Haste.Settings, HostRole.Client), Start(Haste.Settings, HostRole.Client)];
        await TestNode.JoinAsync(nodes);
        Array.Sort(nodes, (one, other) => Member.AddressOrdering.Compare(one.Address, other.Address));
        return (nodes[0], nodes[1]);
    }

    private void OfferSeat(TestNode host)
    {
        var address = host.Address;
        Node.OfferSeat(host.System, Props.Create(() => new Seat(address, _news)));
    }

    /// <summary>Asserts what the next news of any seat is.</summary>
    private async Task<IActorRef> SeatAsync(string what, TestNode host)
    {
        var news = await _news.Reader.ReadAsync().AsTask().WaitAsync(TestNode.Patience);
        Assert.Equal((what, host.Address), (news.What, news.Host));
        return news.Seat;
    }

    /// <summary>Tells what happens to it, and leaves when it is told that its state is saved.</summary>
    private sealed class Seat(Address host, ChannelWriter<(string What, Address Host, IActorRef Seat)> news) : UntypedActor
    {
        public const string Saved = "saved";

        protected override void PreStart() => Tell("taken");

        protected override void PostStop() => Tell("left");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case SeatProtocol.Leave:
                    Tell("asked to leave");
                    break;
                case Saved:
                    Context.Stop(Self);
                    break;
                case string text:
                    Tell(text);
                    break;
            }
        }

        private void Tell(string what) => news.TryWrite((what, host, Self));
    }
}
