using System.Collections.Immutable;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>The events that lead from one state to another, in the order in which subscribers get them.</summary>
internal static class ClusterChanges
{
    public static IEnumerable<IClusterDomainEvent> Between(MembershipState before, MembershipState after)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        return [
            .. Members(before, after),
            .. Unreachable(before, after),
            .. Reachable(before, after),
            .. Leader(before, after),
            .. RoleLeaders(before, after),
            .. Seen(before, after),
            .. Reachability(before, after),
        ];
    }

    private static IEnumerable<IClusterDomainEvent> Members(MembershipState before, MembershipState after)
    {
        foreach (var member in after.Members)
        {
            var old = before.LatestGossip.GetMember(member.UniqueAddress);
            if (old.Status != member.Status || old.UpNumber != member.UpNumber)
            {
                yield return EventOf(member);
            }
        }

        foreach (var member in before.Members.Except(after.Members))
        {
            yield return new MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
        }
    }

    private static IClusterDomainEvent EventOf(Member member) => member.Status switch
    {
        MemberStatus.Joining => new MemberJoined(member),
        MemberStatus.WeaklyUp => new MemberWeaklyUp(member),
        MemberStatus.Up => new MemberUp(member),
        MemberStatus.Leaving => new MemberLeft(member),
        MemberStatus.Exiting => new MemberExited(member),
        MemberStatus.Down => new MemberDowned(member),
        _ => throw new InvalidOperationException($"A removed member can't be part of a gossip: {member}"),
    };

    private static IEnumerable<IClusterDomainEvent> Unreachable(MembershipState before, MembershipState after) =>
        after.Reachability.AllUnreachableOrTerminated
            .Where(node => node != after.SelfUniqueAddress && before.Reachability.IsReachable(node))
            .Select(node => new UnreachableMember(after.LatestGossip.GetMember(node)));

    private static IEnumerable<IClusterDomainEvent> Reachable(MembershipState before, MembershipState after) =>
        before.Reachability.AllUnreachable
            .Where(node => node != after.SelfUniqueAddress && after.LatestGossip.HasMember(node) && after.Reachability.IsReachable(node))
            .Select(node => new ReachableMember(after.LatestGossip.GetMember(node)));

    private static IEnumerable<IClusterDomainEvent> Leader(MembershipState before, MembershipState after)
    {
        var leader = after.Leader;
        return leader == before.Leader ? [] : [new LeaderChanged(leader?.Address)];
    }

    private static IEnumerable<IClusterDomainEvent> RoleLeaders(MembershipState before, MembershipState after)
    {
        foreach (var role in before.LatestGossip.AllRoles.Union(after.LatestGossip.AllRoles))
        {
            var leader = after.RoleLeader(role);
            if (leader != before.RoleLeader(role))
            {
                yield return new RoleLeaderChanged(role, leader?.Address);
            }
        }
    }

    private static IEnumerable<IClusterDomainEvent> Seen(MembershipState before, MembershipState after)
    {
        IReadOnlySet<UniqueAddress> nobody = ImmutableHashSet<UniqueAddress>.Empty;
        var convergence = after.Convergence(nobody);
        var seenBy = after.LatestGossip.SeenBy;
        return convergence == before.Convergence(nobody) && seenBy.SetEquals(before.LatestGossip.SeenBy)
            ? []
            : [new SeenChanged(convergence, [.. seenBy.Select(node => node.Address)])];
    }

    private static IEnumerable<IClusterDomainEvent> Reachability(MembershipState before, MembershipState after) =>
        after.Reachability.Equals(before.Reachability) ? [] : [new ReachabilityChanged(after.Reachability)];
}
