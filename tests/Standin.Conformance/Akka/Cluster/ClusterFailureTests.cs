using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ClusterFailureTests : ClusterConformance
{
    [Fact]
    public async Task A_crashed_member_is_unreachable_then_down_then_removed()
    {
        var nodes = await FormAsync("a", "b", "c");
        nodes[0].Cluster.Subscribe(
            nodes[0].TestActor,
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.UnreachableMember),
            typeof(ClusterEvent.MemberDowned),
            typeof(ClusterEvent.MemberRemoved));

        await nodes[2].CrashAsync();

        Assert.Equal(nodes[2].UniqueAddress, (await nodes[0].ExpectMsgAsync<ClusterEvent.UnreachableMember>(Patience)).Member.UniqueAddress);
        Assert.Equal(nodes[2].UniqueAddress, (await nodes[0].ExpectMsgAsync<ClusterEvent.MemberDowned>(Patience)).Member.UniqueAddress);
        var removed = await nodes[0].ExpectMsgAsync<ClusterEvent.MemberRemoved>(Patience);
        Assert.Equal(nodes[2].UniqueAddress, removed.Member.UniqueAddress);
        Assert.Equal(MemberStatus.Down, removed.PreviousStatus);
        await EventuallyAsync(() => Assert.All(nodes[..2], node =>
        {
            Assert.Null(node.StatusOf(nodes[2]));
            Assert.Empty(node.Cluster.State.Unreachable);
            Assert.Equal(MemberStatus.Up, node.Cluster.SelfMember.Status);
        }));
    }

    [Fact]
    public async Task Of_two_the_one_with_the_lower_address_goes_on()
    {
        var nodes = await FormAsync("a", "b");
        var (lower, higher) = Member.AddressOrdering.Compare(nodes[0].Address, nodes[1].Address) < 0 ? (nodes[0], nodes[1]) : (nodes[1], nodes[0]);

        await higher.CrashAsync();

        await EventuallyAsync(() => Assert.Null(lower.StatusOf(higher)));
        Assert.Equal(MemberStatus.Up, lower.Cluster.SelfMember.Status);
    }

    [Fact]
    public async Task The_minority_gives_itself_up()
    {
        var nodes = await FormAsync("a", "b");
        var (lower, higher) = Member.AddressOrdering.Compare(nodes[0].Address, nodes[1].Address) < 0 ? (nodes[0], nodes[1]) : (nodes[1], nodes[0]);

        await lower.CrashAsync();

        await higher.Sys.WhenTerminated.WaitAsync(Patience);
        Assert.Same(CoordinatedShutdown.ClusterDowningReason.Instance, CoordinatedShutdown.Get(higher.Sys).ShutdownReason);
    }

    [Fact]
    public async Task Only_members_of_a_role_may_count()
    {
        const string Resolver = "akka.cluster.split-brain-resolver.keep-majority.role = core";
        ClusterNode[] nodes = [Start($"{Resolver}\nakka.cluster.roles = [core]"), Start(Resolver), Start(Resolver)];
        await JoinAsync(nodes[0], nodes);

        await Task.WhenAll(nodes[1].CrashAsync(), nodes[2].CrashAsync());

        await EventuallyAsync(() => Assert.Equal(nodes[0].UniqueAddress, Assert.Single(nodes[0].Cluster.State.Members).UniqueAddress));
        Assert.Equal(MemberStatus.Up, nodes[0].Cluster.SelfMember.Status);
    }

    [Fact]
    public async Task A_restarted_node_takes_the_place_of_its_earlier_self()
    {
        var nodes = await FormAsync("a", "b", "c");
        var port = nodes[2].Address.Port;
        await nodes[2].CrashAsync();

        var again = Start($"akka.remote.dot-netty.tcp.port = {port}");
        Assert.Equal(nodes[2].Address, again.Address);
        again.Cluster.JoinSeedNodes([nodes[0].Address]);

        await EventuallyAsync(() => Assert.All([nodes[0], nodes[1], again], node =>
        {
            Assert.Equal(MemberStatus.Up, node.StatusOf(again));
            Assert.Null(node.StatusOf(nodes[2]));
            Assert.Equal(3, node.Cluster.State.Members.Count);
        }));
    }

    [Fact]
    public async Task A_member_that_is_downed_by_hand_shuts_down()
    {
        var nodes = await FormAsync("a", "b", "c");

        nodes[0].Cluster.Down(nodes[2].Address);

        await nodes[2].Sys.WhenTerminated.WaitAsync(Patience);
        await EventuallyAsync(() => Assert.All(nodes[..2], node => Assert.Null(node.StatusOf(nodes[2]))));
    }

    [Fact]
    public async Task The_actors_of_a_removed_member_are_dead_for_their_watchers()
    {
        var nodes = await FormAsync("a", "b", "c");
        nodes[2].Sys.ActorOf(Props.Create(() => new EchoActor(nodes[2], true)), "echo");
        var echo = await nodes[0].Sys.ActorSelection(new RootActorPath(nodes[2].Address) / "user" / "echo").ResolveOne(Patience);
        nodes[0].Watch(echo);

        await nodes[2].CrashAsync();

        var terminated = await nodes[0].ExpectTerminatedAsync(echo, Patience);
        Assert.Equal(echo, terminated.ActorRef);
    }

    [Fact]
    public async Task Without_a_downing_provider_the_program_decides()
    {
        const string Nobody = "akka.cluster.downing-provider-class = \"\"";
        ClusterNode[] nodes = [Start(Nobody), Start(Nobody)];
        await JoinAsync(nodes[0], nodes);
        Assert.IsType<NoDowning>(nodes[0].Cluster.DowningProvider);

        await nodes[1].CrashAsync();
        await EventuallyAsync(() => Assert.Single(nodes[0].Cluster.State.Unreachable));
        nodes[0].Cluster.Down(nodes[1].Address);

        await EventuallyAsync(() => Assert.Single(nodes[0].Cluster.State.Members));
    }
}
