using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Turns every new state into events on the event stream, and tells new subscribers what was before.</summary>
internal sealed class ClusterDomainEventPublisher : ReceiveActor
{
    private readonly MembershipState _empty;
    private MembershipState _state;

    public ClusterDomainEventPublisher(UniqueAddress selfUniqueAddress)
    {
        _empty = new MembershipState(Gossip.Empty, selfUniqueAddress);
        _state = _empty;

        Receive<PublishChanges>(changes => Publish(changes.NewState));
        Receive<SendCurrentClusterState>(send => send.Receiver.Tell(Snapshot()));
        Receive<Subscribe>(Add);
        Receive<Unsubscribe>(Remove);
    }

    protected override void PostStop()
    {
        // For those who stay subscribed the cluster ends here.
        Context.System.EventStream.Publish(ClusterEvent.ClusterShuttingDown.Instance);
        Publish(_empty);
    }

    private void Publish(MembershipState state)
    {
        var before = _state;
        _state = state;
        foreach (var change in ClusterChanges.Between(before, state))
        {
            Context.System.EventStream.Publish(change);
        }
    }

    private void Add(Subscribe subscription)
    {
        if (subscription.InitialStateMode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents)
        {
            foreach (var change in ClusterChanges.Between(_empty, _state))
            {
                if (subscription.To.Any(type => type.IsInstanceOfType(change)))
                {
                    subscription.Subscriber.Tell(change);
                }
            }
        }
        else
        {
            subscription.Subscriber.Tell(Snapshot());
        }

        foreach (var type in subscription.To)
        {
            Context.System.EventStream.Subscribe(subscription.Subscriber, type);
        }
    }

    private void Remove(Unsubscribe subscription)
    {
        if (subscription.To is null)
        {
            Context.System.EventStream.Unsubscribe(subscription.Subscriber);
        }
        else
        {
            Context.System.EventStream.Unsubscribe(subscription.Subscriber, subscription.To);
        }
    }

    private ClusterEvent.CurrentClusterState Snapshot() => new(
        _state.Members,
        [.. _state.Reachability.AllUnreachableOrTerminated.Where(node => node != _state.SelfUniqueAddress).Select(_state.LatestGossip.GetMember)],
        [.. _state.LatestGossip.SeenBy.Select(node => node.Address)],
        _state.Leader?.Address,
        _state.LatestGossip.AllRoles.ToImmutableDictionary(role => role, role => _state.RoleLeader(role)?.Address));
}
