using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>The newest gossip as seen by one node: who leads, and whether all know what this node knows.</summary>
internal sealed class MembershipState(Gossip latestGossip, UniqueAddress selfUniqueAddress)
{
    /// <summary>Who leads when nobody is up or leaving: the first of these statuses.</summary>
    private static readonly MemberStatus[] LeaderPreference =
    [
        MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Removed, MemberStatus.WeaklyUp,
        MemberStatus.Joining, MemberStatus.Exiting, MemberStatus.Down,
    ];

    private Reachability _withoutDownedObservers;

    public Gossip LatestGossip { get; } = latestGossip;

    public UniqueAddress SelfUniqueAddress { get; } = selfUniqueAddress;

    public Member SelfMember => LatestGossip.GetMember(SelfUniqueAddress);

    public ImmutableSortedSet<Member> Members => LatestGossip.Members;

    public Reachability Reachability => LatestGossip.Overview.Reachability;

    /// <summary>What a node thinks that has itself been given up does not matter.</summary>
    public Reachability ReachabilityExcludingDownedObservers => _withoutDownedObservers ??= Reachability.RemoveObservers(
        Members.Where(m => m.Status == MemberStatus.Down).Select(m => m.UniqueAddress).ToImmutableHashSet());

    public UniqueAddress Leader => LeaderOf(Members);

    /// <summary>Whether a member will be removed as soon as it is unreachable.</summary>
    public static bool IsGivenUp(MemberStatus status) => status is MemberStatus.Down or MemberStatus.Exiting;

    public UniqueAddress LeaderOf(IEnumerable<Member> members)
    {
        var candidates = members
            .Where(m => m.Status != MemberStatus.Down && (Reachability.IsReachable(m.UniqueAddress) || m.UniqueAddress == SelfUniqueAddress))
            .Order()
            .ToArray();
        var leader = Array.Find(candidates, m => m.Status is MemberStatus.Up or MemberStatus.Leaving)
            ?? candidates.MinBy(m => Array.IndexOf(LeaderPreference, m.Status));
        return leader?.UniqueAddress;
    }

    public UniqueAddress RoleLeader(string role) => LeaderOf(Members.Where(m => m.HasRole(role)));

    public bool IsLeader(UniqueAddress node) => Leader is { } leader && leader == node;

    /// <summary>
    /// Whether all that count have seen the newest gossip and can be reached. Only then the leader may change the members.
    /// </summary>
    public bool Convergence(IReadOnlySet<UniqueAddress> exitingConfirmed)
    {
        var unreachable = ReachabilityExcludingDownedObservers.AllUnreachableOrTerminated
            .Where(node => node != SelfUniqueAddress && !exitingConfirmed.Contains(node));
        return unreachable.All(node => IsGivenUp(LatestGossip.GetMember(node).Status))
            && Members.Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving)
                .All(m => LatestGossip.SeenByNode(m.UniqueAddress) || exitingConfirmed.Contains(m.UniqueAddress));
    }

    public MembershipState With(Gossip gossip) => new(gossip, SelfUniqueAddress);

    public MembershipState Seen() => With(LatestGossip.Seen(SelfUniqueAddress));

    public bool ValidNodeForGossip(UniqueAddress node) => node != SelfUniqueAddress && Reachability.IsReachable(SelfUniqueAddress, node);
}
