using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterSingletonTests : ClusterConformance
{
    [Fact]
    public async Task It_starts_on_the_oldest_member_of_its_role()
    {
        var nodes = await FormAsync("other", "host", "host");

        StartManager(nodes[1], nodes[0]);
        StartManager(nodes[2], nodes[0]);

        await nodes[0].ExpectMsgAsync($"start {nodes[1].Address}", Patience);
        var proxy = StartProxy(nodes[2]);
        proxy.Tell("where", nodes[2].TestActor);
        await nodes[2].ExpectMsgAsync(nodes[1].Address.ToString(), Patience);
    }

    [Fact]
    public async Task It_is_handed_over_when_its_node_leaves()
    {
        var nodes = await FormAsync("other", "host", "host");
        StartManager(nodes[1], nodes[0]);
        StartManager(nodes[2], nodes[0]);
        await nodes[0].ExpectMsgAsync($"start {nodes[1].Address}", Patience);

        await nodes[1].Cluster.LeaveAsync().WaitAsync(Patience);

        // In this order: there are never two.
        await nodes[0].ExpectMsgAsync($"end {nodes[1].Address}", Patience);
        await nodes[0].ExpectMsgAsync($"stop {nodes[1].Address}", Patience);
        await nodes[0].ExpectMsgAsync($"start {nodes[2].Address}", Patience);
    }

    [Fact]
    public async Task It_is_started_elsewhere_when_its_node_dies()
    {
        var nodes = await FormAsync("other", "host", "host");
        StartManager(nodes[1], nodes[0]);
        StartManager(nodes[2], nodes[0]);
        await nodes[0].ExpectMsgAsync($"start {nodes[1].Address}", Patience);
        var proxy = StartProxy(nodes[0]);

        await nodes[1].CrashAsync();
        await nodes[0].FishForMessageAsync<string>(message => message == $"start {nodes[2].Address}", Patience);

        proxy.Tell("where", nodes[0].TestActor);
        await nodes[0].ExpectMsgAsync(nodes[2].Address.ToString(), Patience);
    }

    [Fact]
    public async Task A_node_that_restarts_with_the_only_singleton_starts_it_again()
    {
        var nodes = await FormAsync("other", "other", "host");
        StartManager(nodes[2], nodes[0]);
        await nodes[0].ExpectMsgAsync($"start {nodes[2].Address}", Patience);
        await nodes[2].CrashAsync();

        var again = Start($"akka.remote.dot-netty.tcp.port = {nodes[2].Address.Port}\nakka.cluster.roles = [host]");
        again.Cluster.JoinSeedNodes([nodes[0].Address]);
        StartManager(again, nodes[0]);

        await nodes[0].FishForMessageAsync<string>(message => message == $"start {again.Address}", Patience);
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

        StartManager(nodes[0], nodes[0]);

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

        StartManager(nodes[0], nodes[0].CreateTestProbe().Ref);

        await nodes[0].ExpectMsgAsync(2, Patience);
        await nodes[0].ExpectMsgAsync(3, Patience);
    }

    [Fact]
    public void A_manager_needs_a_node_with_the_role()
    {
        var node = Start();
        var settings = ClusterSingletonManagerSettings.Create(node.Sys).WithRole("host");

        var manager = node.Sys.ActorOf(ClusterSingletonManager.Props(Reporter.Props(node, node.TestActor), settings));

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

    private static void StartManager(ClusterNode node, ClusterNode reportTo)
    {
        // Over the wire where the reporter lives on another node.
        var reporter = node == reportTo ? node.TestActor : node.Sys.ActorSelection(new RootActorPath(reportTo.Address) / reportTo.TestActor.Path.Elements)
            .ResolveOne(Patience).GetAwaiter().GetResult();
        StartManager(node, reporter);
    }

    private static void StartManager(ClusterNode node, IActorRef reportTo)
    {
        var settings = ClusterSingletonManagerSettings.Create(node.Sys).WithRole("host").WithRemovalMargin(TimeSpan.FromMilliseconds(500));
        node.Sys.ActorOf(ClusterSingletonManager.Props(Reporter.Props(node, reportTo), "end", settings), "manager");
    }

    private static IActorRef StartProxy(ClusterNode node) => node.Sys.ActorOf(
        ClusterSingletonProxy.Props("/user/manager", ClusterSingletonProxySettings.Create(node.Sys).WithRole("host")), "proxy");

    /// <summary>A singleton that says where it is, when it starts and when it stops; everything else it sends back.</summary>
    private sealed class Reporter : ReceiveActor
    {
        private readonly string _address;
        private readonly IActorRef _reportTo;

        public Reporter(string address, IActorRef reportTo)
        {
            _address = address;
            _reportTo = reportTo;
            Receive<string>(message => message == "end", message =>
            {
                _reportTo.Tell($"{message} {_address}");
                Context.Stop(Self);
            });
            Receive<string>(_ => Sender.Tell(_address));
            Receive<int>(number => Sender.Tell(number));
        }

        public static Props Props(ClusterNode node, IActorRef reportTo)
        {
            var address = node.Address.ToString();
            return Akka.Actor.Props.Create(() => new Reporter(address, reportTo));
        }

        protected override void PreStart() => _reportTo.Tell($"start {_address}");

        protected override void PostStop() => _reportTo.Tell($"stop {_address}");
    }
}
