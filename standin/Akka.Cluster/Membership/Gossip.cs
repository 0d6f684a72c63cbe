using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>The state of the cluster as one node knows it. Never changes; nodes send each other newer ones.</summary>
internal sealed record Gossip(ImmutableSortedSet<Member> Members, GossipOverview Overview, VectorClock Version)
{
    public static readonly Gossip Empty = new([], GossipOverview.Empty, VectorClock.Create());

    public ImmutableHashSet<UniqueAddress> SeenBy => Overview.Seen;

    public ImmutableHashSet<string> AllRoles => [.. Members.SelectMany(m => m.Roles)];

    public bool IsSingletonCluster => Members.Count == 1;

    /// <summary>The highest up number that is in use; 0 if nobody is up.</summary>
    public int HighestUpNumber => Members.Where(m => m.UpNumber != Member.NeverUp).Select(m => m.UpNumber).DefaultIfEmpty(0).Max();

    public Gossip Increment(VectorClock.Node node) => this with { Version = Version.Increment(node) };

    /// <summary>With a member added, or its status replaced.</summary>
    public Gossip WithMember(Member member) => this with { Members = Members.Remove(member).Add(member) };

    public Gossip WithReachability(Reachability reachability) => this with { Overview = Overview with { Reachability = reachability } };

    public Gossip Seen(UniqueAddress node) => SeenByNode(node) ? this : WithSeen(Overview.Seen.Add(node));

    public Gossip OnlySeen(UniqueAddress node) => WithSeen([node]);

    public Gossip ClearSeen() => WithSeen([]);

    public Gossip MergeSeen(Gossip that) => WithSeen(Overview.Seen.Union(that.Overview.Seen));

    public bool SeenByNode(UniqueAddress node) => Overview.Seen.Contains(node);

    /// <summary>One state from two that were changed without knowing of each other.</summary>
    public Gossip Merge(Gossip that)
    {
        var members = Member.PickHighestPriority(Members, that.Members).ToImmutableSortedSet();
        IReadOnlySet<UniqueAddress> nodes = members.Select(m => m.UniqueAddress).ToImmutableHashSet();
        var reachability = Overview.Reachability.Merge(nodes, that.Overview.Reachability);
        return new Gossip(members, new GossipOverview([], reachability), Version.Merge(that.Version));
    }

    public bool IsReachable(UniqueAddress from, UniqueAddress to) => HasMember(to) && Overview.Reachability.IsReachable(from, to);

    public bool HasMember(UniqueAddress node) => Members.Contains(Member.Removed(node));

    /// <summary>The member, or one with status removed.</summary>
    public Member GetMember(UniqueAddress node)
    {
        Members.TryGetValue(Member.Removed(node), out var member);
        return member;
    }

    public Gossip Prune(VectorClock.Node removedNode) => this with { Version = Version.Prune(removedNode) };

    /// <summary>A member that is given up need not, and will not, have seen what follows.</summary>
    public Gossip MarkAsDown(Member member)
    {
        var marked = WithMember(member.Copy(MemberStatus.Down));
        return marked.WithSeen(Overview.Seen.Remove(member.UniqueAddress));
    }

    public override string ToString() => $"Gossip(members = [{string.Join(", ", Members)}], overview = {Overview}, version = {Version})";

    private Gossip WithSeen(ImmutableHashSet<UniqueAddress> seen) => this with { Overview = Overview with { Seen = seen } };
}
