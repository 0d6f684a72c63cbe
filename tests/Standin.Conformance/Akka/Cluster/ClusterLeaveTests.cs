using Akka.Actor;
using Akka.Cluster;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterLeaveTests : ClusterConformance
{
    [Fact]
    public async Task A_member_leaves_in_order_and_its_system_ends()
    {
        var nodes = await FormAsync("a", "b");
        var (stays, leaves) = (nodes[0], nodes[1]);
        stays.Cluster.Subscribe(
            stays.TestActor,
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.MemberLeft),
            typeof(ClusterEvent.MemberExited),
            typeof(ClusterEvent.MemberRemoved));

        await leaves.Cluster.LeaveAsync().WaitAsync(Patience);

        Assert.Equal(leaves.UniqueAddress, (await stays.ExpectMsgAsync<ClusterEvent.MemberLeft>(Patience)).Member.UniqueAddress);
        Assert.Equal(leaves.UniqueAddress, (await stays.ExpectMsgAsync<ClusterEvent.MemberExited>(Patience)).Member.UniqueAddress);
        var removed = await stays.ExpectMsgAsync<ClusterEvent.MemberRemoved>(Patience);
        Assert.Equal(leaves.UniqueAddress, removed.Member.UniqueAddress);
        Assert.Equal(MemberStatus.Exiting, removed.PreviousStatus);
        await leaves.Sys.WhenTerminated.WaitAsync(Patience);
        Assert.True(leaves.Cluster.IsTerminated);
        await EventuallyAsync(() => Assert.Null(stays.StatusOf(leaves)));
    }

    [Fact]
    public async Task Who_watches_an_actor_of_a_member_that_leaves_hears_of_its_end_from_the_actor()
    {
        var nodes = await FormAsync("a", "b");
        nodes[1].Sys.ActorOf(Props.Empty, "watched");
        var watched = await nodes[0].Sys.ActorSelection(new RootActorPath(nodes[1].Address) / "user" / "watched").ResolveOne(Patience);
        nodes[0].Watch(watched);

        await nodes[1].Cluster.LeaveAsync().WaitAsync(Patience);

        var terminated = await nodes[0].ExpectTerminatedAsync(watched, Patience);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task A_member_can_be_told_to_leave()
    {
        var nodes = await FormAsync("a", "b");

        nodes[0].Cluster.Leave(nodes[1].Address);

        await nodes[1].Sys.WhenTerminated.WaitAsync(Patience);
        await EventuallyAsync(() => Assert.Null(nodes[0].StatusOf(nodes[1])));
    }

    [Fact]
    public async Task The_leader_can_leave()
    {
        var nodes = await FormAsync("a", "b", "c");
        await EventuallyAsync(() => Assert.NotNull(nodes[0].Cluster.State.Leader));
        var leader = nodes.Single(node => node.Address == nodes[0].Cluster.State.Leader);

        await leader.Cluster.LeaveAsync().WaitAsync(Patience);

        await EventuallyAsync(() => Assert.All(nodes.Where(node => node != leader), node =>
        {
            Assert.Null(node.StatusOf(leader));
            Assert.NotEqual(leader.Address, node.Cluster.State.Leader);
        }));
    }

    [Fact]
    public async Task Shutting_down_a_system_makes_it_leave()
    {
        var nodes = await FormAsync("a", "b");
        nodes[0].Cluster.Subscribe(nodes[0].TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

        await CoordinatedShutdown.Get(nodes[1].Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        var removed = await nodes[0].ExpectMsgAsync<ClusterEvent.MemberRemoved>(Patience);
        Assert.Equal(MemberStatus.Exiting, removed.PreviousStatus);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.Get(nodes[1].Sys).ShutdownReason);
    }

    [Fact]
    public async Task The_last_member_can_leave()
    {
        var node = Start();
        await node.Cluster.JoinAsync(node.Address).WaitAsync(Patience);

        await node.Cluster.LeaveAsync().WaitAsync(Patience);

        await node.Sys.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_system_that_never_joined_shuts_down_at_once()
    {
        var node = Start();

        await CoordinatedShutdown.Get(node.Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        await node.Sys.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Callbacks_run_when_a_node_is_removed_and_at_once_when_it_was()
    {
        var node = Start();
        await node.Cluster.JoinAsync(node.Address).WaitAsync(Patience);
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Cluster.RegisterOnMemberRemoved(() => removed.TrySetResult());

        await node.Cluster.LeaveAsync().WaitAsync(Patience);

        await removed.Task.WaitAsync(Patience);
        await node.Sys.WhenTerminated.WaitAsync(Patience);
        var ran = false;
        node.Cluster.RegisterOnMemberRemoved(() => ran = true);
        Assert.True(ran);
    }
}
