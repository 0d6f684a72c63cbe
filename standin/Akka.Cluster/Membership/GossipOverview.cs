using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>Who has seen a gossip, and who can't reach whom.</summary>
internal sealed record GossipOverview(ImmutableHashSet<UniqueAddress> Seen, Reachability Reachability)
{
    public static readonly GossipOverview Empty = new([], Reachability.Empty);

    public override string ToString() => $"GossipOverview(seen=[{string.Join(", ", Seen)}], reachability={Reachability})";
}
