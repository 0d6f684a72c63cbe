using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterSingletonTests : ClusterConformance
{
    // Shared by all nodes, which live in this process: messages of different nodes would have no order.
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task It_starts_on_the_oldest_member_of_its_role()
    {
        var nodes = await FormAsync("other", "host", "host");

        StartManager(nodes[1]);
        StartManager(nodes[2]);

        await ExpectAsync($"start {nodes[1].Address}");
        var proxy = StartProxy(nodes[2]);
        proxy.Tell("where", nodes[2].TestActor);
        await nodes[2].ExpectMsgAsync(nodes[1].Address.ToString(), Patience);
    }

    [Fact]
    public async Task It_is_handed_over_when_its_node_leaves()
    {
        var nodes = await FormAsync("other", "host", "host");
        StartManager(nodes[1]);
        StartManager(nodes[2]);
        await ExpectAsync($"start {nodes[1].Address}");

        await nodes[1].Cluster.LeaveAsync().WaitAsync(Patience);

        // In this order: there are never two.
        await ExpectAsync($"end {nodes[1].Address}");
        await ExpectAsync($"stop {nodes[1].Address}");
        await ExpectAsync($"start {nodes[2].Address}");
    }

    [Fact]
    public async Task It_is_started_elsewhere_when_its_node_dies()
    {
        var nodes = await FormAsync("other", "host", "host");
        StartManager(nodes[1]);
        StartManager(nodes[2]);
        await ExpectAsync($"start {nodes[1].Address}");
        var proxy = StartProxy(nodes[0]);

        await nodes[1].CrashAsync();
        await ExpectEventuallyAsync($"start {nodes[2].Address}");

        proxy.Tell("where", nodes[0].TestActor);
        await nodes[0].ExpectMsgAsync(nodes[2].Address.ToString(), Patience);
    }

    [Fact]
    public async Task A_node_that_restarts_with_the_only_singleton_starts_it_again()
    {
        var nodes = await FormAsync("other", "other", "host");
        StartManager(nodes[2]);
        await ExpectAsync($"start {nodes[2].Address}");
        await nodes[2].CrashAsync();

        var again = Start($"akka.remote.dot-netty.tcp.port = {nodes[2].Address.Port}\nakka.cluster.roles = [host]");
        again.Cluster.JoinSeedNodes([nodes[0].Address]);
        StartManager(again);

        await ExpectEventuallyAsync($"start {again.Address}");
    }

    [Fact]
    public async Task A_proxy_keeps_messages_until_there_is_a_singleton()
    {
        var nodes = await FormAsync("host", "other");
        var proxy = StartProxy(nodes[1]);
        for (var i = 0; i < 10; i++)
        {
            proxy.Tell(i, nodes[1].TestActor);
        }

        StartManager(nodes[0]);

        for (var i = 0; i < 10; i++)
        {
            await nodes[1].ExpectMsgAsync(i, Patience);
        }
    }

    [Fact]
    public async Task A_proxy_whose_buffer_is_full_drops_the_oldest()
    {
        var nodes = await FormAsync("host");
        var proxy = nodes[0].Sys.ActorOf(ClusterSingletonProxy.Props(
            "/user/manager", ClusterSingletonProxySettings.Create(nodes[0].Sys).WithRole("host").WithBufferSize(2)));
        proxy.Tell(1, nodes[0].TestActor);
        proxy.Tell(2, nodes[0].TestActor);
        proxy.Tell(3, nodes[0].TestActor);

        StartManager(nodes[0]);

        await nodes[0].ExpectMsgAsync(2, Patience);
        await nodes[0].ExpectMsgAsync(3, Patience);
    }

    [Fact]
    public void A_manager_needs_a_node_with_the_role()
    {
        var node = Start();
        var settings = ClusterSingletonManagerSettings.Create(node.Sys).WithRole("host");

        var manager = node.Sys.ActorOf(ClusterSingletonManager.Props(Reporter.Props(node, _events.Writer), settings));

        node.Watch(manager);
        node.ExpectTerminated(manager, Patience);
    }

    [Fact]
    public void Settings_have_defaults_and_can_be_changed()
    {
        var node = Start();
        var manager = ClusterSingletonManagerSettings.Create(node.Sys);
        Assert.Equal("singleton", manager.SingletonName);
        Assert.Null(manager.Role);
        Assert.Equal(node.Cluster.DowningProvider.DownRemovalMargin, manager.RemovalMargin);
        Assert.Equal("one", manager.WithSingletonName("one").SingletonName);
        Assert.Equal("role", manager.WithRole("role").Role);
        Assert.Equal(TimeSpan.FromSeconds(3), manager.WithRemovalMargin(TimeSpan.FromSeconds(3)).RemovalMargin);
        Assert.Equal(TimeSpan.FromSeconds(4), manager.WithHandOverRetryInterval(TimeSpan.FromSeconds(4)).HandOverRetryInterval);

        var proxy = ClusterSingletonProxySettings.Create(node.Sys);
        Assert.Equal(("singleton", 1000), (proxy.SingletonName, proxy.BufferSize));
        Assert.Equal("one", proxy.WithSingletonName("one").SingletonName);
        Assert.Equal(7, proxy.WithBufferSize(7).BufferSize);
        Assert.Throws<ArgumentException>(() => proxy.WithBufferSize(-1));
    }

    private void StartManager(ClusterNode node)
    {
        var settings = ClusterSingletonManagerSettings.Create(node.Sys).WithRole("host").WithRemovalMargin(TimeSpan.FromMilliseconds(500));
        node.Sys.ActorOf(ClusterSingletonManager.Props(Reporter.Props(node, _events.Writer), "end", settings), "manager");
    }

    private async Task ExpectAsync(string what) => Assert.Equal(what, await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience));

    private async Task ExpectEventuallyAsync(string what)
    {
        while (await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience) != what)
        {
        }
    }

    private static IActorRef StartProxy(ClusterNode node) => node.Sys.ActorOf(
        ClusterSingletonProxy.Props("/user/manager", ClusterSingletonProxySettings.Create(node.Sys).WithRole("host")), "proxy");

    /// <summary>A singleton that notes when it starts and stops, and says where it is; numbers it sends back.</summary>
    private sealed class Reporter : ReceiveActor
    {
        private readonly string _address;
        private readonly ChannelWriter<string> _events;

        public Reporter(string address, ChannelWriter<string> events)
        {
            _address = address;
            _events = events;
            Receive<string>(message => message == "end", _ =>
            {
                Note("end");
                Context.Stop(Self);
            });
            Receive<string>(_ => Sender.Tell(_address));
            Receive<int>(number => Sender.Tell(number));
        }

        public static Props Props(ClusterNode node, ChannelWriter<string> events)
        {
            var address = node.Address.ToString();
            return Akka.Actor.Props.Create(() => new Reporter(address, events));
        }

        protected override void PreStart() => Note("start");

        protected override void PostStop() => Note("stop");

        private void Note(string what) => _events.TryWrite($"{what} {_address}");
    }
}
