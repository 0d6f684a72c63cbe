using Akka.Cluster;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterEventTests : ClusterConformance
{
    [Fact]
    public async Task A_subscriber_gets_the_state_first()
    {
        var nodes = await FormAsync("a");

        nodes[0].Cluster.Subscribe(nodes[0].TestActor, typeof(ClusterEvent.IMemberEvent));

        var state = await nodes[0].ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience);
        var member = Assert.Single(state.Members);
        Assert.Equal(MemberStatus.Up, member.Status);
        Assert.Equal(nodes[0].Address, state.Leader);
        Assert.False(state.HasMoreThanOneAppVersion);

        var other = Start();
        other.Cluster.Join(nodes[0].Address);
        Assert.Equal(other.UniqueAddress, (await nodes[0].ExpectMsgAsync<ClusterEvent.MemberJoined>(Patience)).Member.UniqueAddress);
        Assert.Equal(other.UniqueAddress, (await nodes[0].ExpectMsgAsync<ClusterEvent.MemberUp>(Patience)).Member.UniqueAddress);
    }

    [Fact]
    public async Task A_subscriber_can_get_the_state_as_events()
    {
        var nodes = await FormAsync("a", "b");

        nodes[0].Cluster.Subscribe(
            nodes[0].TestActor, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));

        ClusterEvent.MemberUp[] ups =
        [
            await nodes[0].ExpectMsgAsync<ClusterEvent.MemberUp>(Patience),
            await nodes[0].ExpectMsgAsync<ClusterEvent.MemberUp>(Patience),
        ];
        Assert.Equal(nodes.Select(n => n.Address).ToHashSet(), ups.Select(up => up.Member.Address).ToHashSet());
    }

    [Fact]
    public async Task A_subscriber_gets_what_it_asked_for_until_it_unsubscribes()
    {
        var nodes = await FormAsync("a");
        var probe = nodes[0].CreateTestProbe();
        nodes[0].Cluster.Subscribe(nodes[0].TestActor, typeof(ClusterEvent.MemberUp));
        nodes[0].Cluster.Subscribe(probe.Ref, typeof(ClusterEvent.MemberUp));
        await nodes[0].ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience);
        await probe.ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience);

        nodes[0].Cluster.Unsubscribe(probe.Ref);
        var other = Start();
        other.Cluster.Join(nodes[0].Address);

        await nodes[0].ExpectMsgAsync<ClusterEvent.MemberUp>(Patience);

        // What the unsubscribed one would have got comes before the answer to this.
        nodes[0].Cluster.SendCurrentClusterState(probe.Ref);
        await probe.ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience);
    }

    [Fact]
    public async Task The_state_can_be_sent_to_anybody()
    {
        var nodes = await FormAsync("a", "b");

        nodes[1].Cluster.SendCurrentClusterState(nodes[1].TestActor);

        var state = await nodes[1].ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience);
        Assert.Equal(2, state.Members.Count);
        Assert.Empty(state.Unreachable);
    }

    [Fact]
    public async Task Leaders_are_announced()
    {
        var node = Start("akka.cluster.roles = [client]");
        node.Cluster.Subscribe(node.TestActor, typeof(ClusterEvent.LeaderChanged), typeof(ClusterEvent.RoleLeaderChanged));
        Assert.Empty((await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Patience)).Members);

        node.Cluster.Join(node.Address);

        Assert.Equal(node.Address, (await node.ExpectMsgAsync<ClusterEvent.LeaderChanged>(Patience)).Leader);
        var role = await node.ExpectMsgAsync<ClusterEvent.RoleLeaderChanged>(Patience);
        Assert.Equal(("client", node.Address), (role.Role, role.Leader));
    }

    [Fact]
    public void Only_cluster_events_can_be_subscribed_to()
    {
        var node = Start();

        Assert.Throws<ArgumentException>(() => node.Cluster.Subscribe(node.TestActor));
        Assert.Throws<ArgumentException>(() => node.Cluster.Subscribe(node.TestActor, typeof(string)));
    }

    [Fact]
    public async Task The_end_of_a_node_is_announced_to_its_own_subscribers()
    {
        var nodes = await FormAsync("a");
        nodes[0].Cluster.Subscribe(
            nodes[0].TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.ClusterShuttingDown), typeof(ClusterEvent.MemberRemoved));

        var leaving = nodes[0].Cluster.LeaveAsync();

        await nodes[0].ExpectMsgAsync<ClusterEvent.ClusterShuttingDown>(Patience);
        Assert.Equal(nodes[0].UniqueAddress, (await nodes[0].ExpectMsgAsync<ClusterEvent.MemberRemoved>(Patience)).Member.UniqueAddress);
        await leaving.WaitAsync(Patience);
    }
}
