using Akka.Actor;
using Akka.Cluster;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterJoinTests : ClusterConformance
{
    [Fact]
    public async Task A_node_that_joins_itself_comes_up_and_leads()
    {
        var node = Start();
        Assert.Equal(MemberStatus.Removed, node.Cluster.SelfMember.Status);
        Assert.False(node.Cluster.IsUp);

        await node.Cluster.JoinAsync(node.Address).WaitAsync(Patience);

        await EventuallyAsync(() =>
        {
            Assert.Equal(MemberStatus.Up, node.Cluster.SelfMember.Status);
            Assert.True(node.Cluster.IsUp);
            Assert.Equal(node.Address, node.Cluster.State.Leader);
            Assert.Equal(node.UniqueAddress, Assert.Single(node.Cluster.State.Members).UniqueAddress);
        });
    }

    [Fact]
    public async Task Nodes_meet_by_seed_nodes()
    {
        var first = Start();
        var second = Start();
        Address[] seeds = [first.Address, second.Address];

        var joining = second.Cluster.JoinSeedNodesAsync(seeds);
        await first.Cluster.JoinSeedNodesAsync(seeds).WaitAsync(Patience);
        await joining.WaitAsync(Patience);

        await EventuallyAsync(() => Assert.All([first, second], node =>
        {
            Assert.Equal(MemberStatus.Up, node.StatusOf(first));
            Assert.Equal(MemberStatus.Up, node.StatusOf(second));
            Assert.Empty(node.Cluster.State.Unreachable);
        }));
        Assert.Equal(first.Cluster.State.Leader, second.Cluster.State.Leader);
    }

    [Fact]
    public async Task Seed_nodes_can_be_settings()
    {
        var first = Start();
        await first.Cluster.JoinAsync(first.Address).WaitAsync(Patience);

        var second = Start($"akka.cluster.seed-nodes = [\"{first.Address}\"]");

        await EventuallyAsync(() => Assert.Equal(MemberStatus.Up, first.StatusOf(second)));
    }

    [Fact]
    public async Task All_members_know_the_roles_of_all()
    {
        var nodes = await FormAsync("aggregator", "client, fast", "client");

        await EventuallyAsync(() => Assert.All(nodes, node =>
        {
            var state = node.Cluster.State;
            Assert.Equal(["aggregator", "client", "fast"], state.AllRoles.Order());
            Assert.True(state.Members.Single(m => m.Address == nodes[1].Address).HasRole("fast"));
            Assert.False(state.Members.Single(m => m.Address == nodes[2].Address).HasRole("fast"));
            Assert.Equal(nodes[0].Address, state.RoleLeader("aggregator"));
            Assert.Null(state.RoleLeader("nobody"));
        }));
        Assert.Equal(["client", "fast"], nodes[1].Cluster.SelfRoles.Order());
    }

    [Fact]
    public async Task Who_joined_first_is_older()
    {
        var nodes = await FormAsync("a", "b", "c");

        await EventuallyAsync(() => Assert.All(nodes, node =>
        {
            var byAge = node.Cluster.State.Members.OrderBy(m => m, Member.AgeOrdering).ToArray();
            Assert.Equal(nodes.Select(n => n.Address), byAge.Select(m => m.Address));
            Assert.True(byAge[0].IsOlderThan(byAge[2]));
            Assert.False(byAge[2].IsOlderThan(byAge[1]));
        }));
    }

    [Fact]
    public async Task Nobody_is_let_in_before_there_are_enough()
    {
        const string Enough = "akka.cluster { min-nr-of-members = 2, role.worker.min-nr-of-members = 1, roles = [worker] }";
        var first = Start(Enough);
        first.Cluster.Join(first.Address);
        await EventuallyAsync(() => Assert.Equal(MemberStatus.Joining, first.Cluster.SelfMember.Status));

        var second = Start(Enough);
        second.Cluster.Join(first.Address);

        await EventuallyAsync(() =>
        {
            Assert.Equal(MemberStatus.Up, first.StatusOf(first));
            Assert.Equal(MemberStatus.Up, first.StatusOf(second));
        });
    }

    [Fact]
    public async Task A_join_that_is_cancelled_has_failed()
    {
        var node = Start();
        var nobody = node.Address.WithPort(1);
        using var cancellation = new CancellationTokenSource();

        var joining = node.Cluster.JoinAsync(nobody, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<ClusterJoinFailedException>(() => joining.WaitAsync(Patience));
    }

    [Fact]
    public async Task Without_seed_nodes_a_node_shuts_down_after_the_configured_time()
    {
        var node = Start("akka.cluster { shutdown-after-unsuccessful-join-seed-nodes = 1s }");

        node.Cluster.JoinSeedNodes([node.Address.WithPort(1)]);

        await node.Sys.WhenTerminated.WaitAsync(Patience);
        Assert.Same(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance, CoordinatedShutdown.Get(node.Sys).ShutdownReason);
    }

    [Fact]
    public async Task Callbacks_run_when_a_node_comes_up_and_at_once_when_it_is()
    {
        var node = Start();
        node.Cluster.RegisterOnMemberUp(() => node.TestActor.Tell("up"));

        await node.Cluster.JoinAsync(node.Address).WaitAsync(Patience);

        await node.ExpectMsgAsync("up", Patience);
        await EventuallyAsync(() => Assert.True(node.Cluster.IsUp));
        var ran = false;
        node.Cluster.RegisterOnMemberUp(() => ran = true);
        Assert.True(ran);
    }

    [Fact]
    public void A_system_that_is_no_cluster_can_not_join_one()
    {
        using var system = ActorSystem.Create("alone", "akka { stdout-loglevel = OFF, loglevel = OFF }");

        Assert.ThrowsAny<Exception>(() => Akka.Cluster.Cluster.Get(system));
    }
}
