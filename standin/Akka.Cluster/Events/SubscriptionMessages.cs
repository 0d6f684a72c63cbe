using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Told to the daemon, for the publisher.</summary>
internal interface ISubscriptionMessage : INoSerializationVerificationNeeded
{
}

internal sealed record Subscribe(
    IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode InitialStateMode, ImmutableHashSet<Type> To) : ISubscriptionMessage;

internal sealed record Unsubscribe(IActorRef Subscriber, Type To) : ISubscriptionMessage, IDeadLetterSuppression;

internal sealed record SendCurrentClusterState(IActorRef Receiver) : ISubscriptionMessage;

/// <summary>Told to the publisher by the daemon.</summary>
internal sealed record PublishChanges(MembershipState NewState) : INoSerializationVerificationNeeded;
