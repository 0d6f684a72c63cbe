using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>What the program asks of the daemon.</summary>
internal static class ClusterUserAction
{
    public sealed record JoinTo(Address Address) : INoSerializationVerificationNeeded;

    public sealed record Leave(Address Address) : IClusterMessage;

    public sealed record Down(Address Address) : IClusterMessage;
}

/// <summary>How nodes come together.</summary>
internal static class JoinProtocol
{
    /// <summary>Asks a seed node whether it is part of a cluster.</summary>
    public sealed record InitJoin : IClusterMessage, IDeadLetterSuppression;

    /// <summary>It is.</summary>
    public sealed record InitJoinAck(Address Address) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>It is not, or will not be for long.</summary>
    public sealed record InitJoinNack(Address Address) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Asks a member to be let in.</summary>
    public sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles, AppVersion AppVersion) : IClusterMessage;

    /// <summary>Lets in.</summary>
    public sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage;

    /// <summary>Tells the daemon to ask these nodes.</summary>
    public sealed record JoinSeedNodes(ImmutableList<Address> SeedNodes) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>It is time to ask the seed nodes.</summary>
    public sealed record AskSeedNodes : INoSerializationVerificationNeeded
    {
        public static readonly AskSeedNodes Instance = new();
    }
}

/// <summary>What a node knows, on its way to another.</summary>
internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip) : IClusterMessage;

/// <summary>How much a node knows, for one who knows as much.</summary>
internal sealed record GossipStatus(UniqueAddress From, VectorClock Version) : IClusterMessage;

/// <summary>A member that is exiting is done.</summary>
internal sealed record ExitingConfirmed(UniqueAddress Address) : IClusterMessage, IDeadLetterSuppression;

/// <summary>Tells the daemon that what had to be handed over has been.</summary>
internal sealed record ExitingCompleted : INoSerializationVerificationNeeded
{
    public static readonly ExitingCompleted Instance = new();
}

/// <summary>Periodic work of the daemon.</summary>
internal sealed record ClusterTick(string Name) : INoSerializationVerificationNeeded
{
    public static readonly ClusterTick Gossip = new(nameof(Gossip));
    public static readonly ClusterTick GossipSpeedup = new(nameof(GossipSpeedup));
    public static readonly ClusterTick ReapUnreachable = new(nameof(ReapUnreachable));
    public static readonly ClusterTick LeaderActions = new(nameof(LeaderActions));
}

/// <summary>Asks the cluster's actors to start, and for the reference of the daemon.</summary>
internal sealed record GetClusterCoreRef(Cluster Cluster) : INoSerializationVerificationNeeded;

/// <summary>Runs something once this node has the status.</summary>
internal sealed record AddStatusListener(Action Callback, MemberStatus Status) : INoSerializationVerificationNeeded;
