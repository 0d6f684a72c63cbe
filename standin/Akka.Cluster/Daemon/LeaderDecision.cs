using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>What the leader makes of a state that all know: who comes up, who may exit, who is gone.</summary>
internal sealed record LeaderDecision(
    Gossip Gossip,
    ImmutableArray<Member> Changed,
    ImmutableArray<Member> RemovedUnreachable,
    ImmutableArray<UniqueAddress> RemovedExiting)
{
    public bool IsEmpty => Changed.IsEmpty && RemovedUnreachable.IsEmpty && RemovedExiting.IsEmpty;

    public static LeaderDecision OnConvergence(Gossip gossip, bool enoughMembers, IEnumerable<UniqueAddress> exitingConfirmed)
    {
        var removedUnreachable = gossip.Overview.Reachability.AllUnreachableOrTerminated
            .Select(gossip.GetMember)
            .Where(m => MembershipState.IsGivenUp(m.Status))
            .ToImmutableArray();
        var removedExiting = exitingConfirmed.Where(node => gossip.GetMember(node).Status == MemberStatus.Exiting).ToImmutableArray();
        var changed = Changes(gossip, enoughMembers);
        IReadOnlySet<UniqueAddress> removed = removedUnreachable.Select(m => m.UniqueAddress).Union(removedExiting).ToImmutableHashSet();

        var members = changed.Aggregate(gossip.Members, (all, member) => all.Remove(member).Add(member))
            .Where(m => !removed.Contains(m.UniqueAddress))
            .ToImmutableSortedSet();
        var overview = new GossipOverview(gossip.Overview.Seen.Except(removed), gossip.Overview.Reachability.Remove(removed));

        // The entry of a removed member would stay for ever; whoever changes the state at the same time prunes it when merging.
        var version = removed.Aggregate(gossip.Version, (clock, node) => clock.Prune(VectorClock.Node.Of(node)));
        return new LeaderDecision(new Gossip(members, overview, version), changed, removedUnreachable, removedExiting);
    }

    private static ImmutableArray<Member> Changes(Gossip gossip, bool enoughMembers)
    {
        var upNumber = gossip.HighestUpNumber;
        var changed = ImmutableArray.CreateBuilder<Member>();
        foreach (var member in gossip.Members)
        {
            if (member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp && enoughMembers)
            {
                changed.Add(member.CopyUp(++upNumber));
            }
            else if (member.Status == MemberStatus.Leaving)
            {
                changed.Add(member.Copy(MemberStatus.Exiting));
            }
        }

        return changed.ToImmutable();
    }
}
