using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    private bool IsGossipSpeedupNeeded =>
        LatestGossip.Members.Any(m => m.Status == MemberStatus.Down) || LatestGossip.SeenBy.Count < LatestGossip.Members.Count / 2;

    private void ReceiveGossip(GossipEnvelope envelope)
    {
        var local = LatestGossip;
        var remote = envelope.Gossip;
        if (ReasonToIgnore(envelope) is { } reason)
        {
            _cluster.LogInfo("Ignoring received gossip from [{0}]: {1}", envelope.From, reason);
            return;
        }

        var order = remote.Version.CompareTo(local.Version);
        var newest = order switch
        {
            VectorClock.Ordering.Same => remote.MergeSeen(local),
            VectorClock.Ordering.Before => local,
            VectorClock.Ordering.After => remote,
            _ => PruneRemoved(remote, local).Merge(PruneRemoved(local, remote)),
        };

        // Somebody who knows less, or something else, gets an answer; so does one who does not know that this node knows.
        var answer = order is VectorClock.Ordering.Same or VectorClock.Ordering.After
            ? !_exitingInProgress && !remote.SeenByNode(_self)
            : true;
        _state = _state.With(_exitingInProgress ? newest : newest.Seen(_self));
        foreach (var joined in LatestGossip.Members.Except(local.Members))
        {
            _cluster.FailureDetector.Remove(joined.Address);
        }

        if (Settings.VerboseGossipReceivedLogging)
        {
            _log.Debug("Cluster Node [{0}] - Received gossip from [{1}] which was {2}.", _self.Address, envelope.From, order);
        }

        Publish();
        ActOnOwnStatus(local, envelope.From);
        if (answer)
        {
            GossipTo(envelope.From, Sender);
        }
    }

    private string ReasonToIgnore(GossipEnvelope envelope)
    {
        if (envelope.To != _self)
        {
            return $"it is for [{envelope.To}], not for [{_self}]";
        }

        if (!LatestGossip.HasMember(envelope.From))
        {
            return "unknown node";
        }

        if (!LatestGossip.IsReachable(_self, envelope.From))
        {
            return "unreachable node";
        }

        return envelope.Gossip.HasMember(_self) ? null : "it does not contain this node";
    }

    private void ActOnOwnStatus(Gossip before, UniqueAddress from)
    {
        var status = _state.SelfMember.Status;
        if (status == MemberStatus.Exiting)
        {
            BeginExiting();
        }
        else if (status == MemberStatus.Down && before.GetMember(_self).Status != MemberStatus.Down)
        {
            _log.Warning("Received gossip where this member has been downed, from [{0}]", from.Address);
            ShutdownSelfWhenDown();
        }
    }

    /// <summary>
    /// A member that the other side does not have, though this side has given it up, was removed there. Its entry in the clock
    /// goes as it went there; the member itself goes when the two are merged.
    /// </summary>
    private static Gossip PruneRemoved(Gossip gossip, Gossip other) => gossip.Members
        .Where(m => MembershipState.IsGivenUp(m.Status) && !other.Members.Contains(m))
        .Aggregate(gossip, (pruned, member) => pruned.Prune(VectorClock.Node.Of(member.UniqueAddress)));

    private void ReceiveGossipStatus(GossipStatus status)
    {
        if (!LatestGossip.IsReachable(_self, status.From))
        {
            _cluster.LogInfo("Ignoring received gossip status from unknown or unreachable [{0}]", status.From);
            return;
        }

        switch (status.Version.CompareTo(LatestGossip.Version))
        {
            case VectorClock.Ordering.Same:
                break;
            case VectorClock.Ordering.After when _state.ValidNodeForGossip(status.From):
                // Asks for what this node lacks.
                Sender.Tell(new GossipStatus(_self, LatestGossip.Version));
                break;
            default:
                GossipTo(status.From, Sender);
                break;
        }
    }

    private void GossipPeriodically()
    {
        SendGossip();
        if (IsGossipSpeedupNeeded)
        {
            Context.System.Scheduler.ScheduleTellOnce(Settings.GossipInterval / 3, Self, ClusterTick.GossipSpeedup, ActorRefs.NoSender);
            Context.System.Scheduler.ScheduleTellOnce(Settings.GossipInterval * 2 / 3, Self, ClusterTick.GossipSpeedup, ActorRefs.NoSender);
        }
    }

    /// <summary>Tells one other node, most likely one that does not know yet.</summary>
    private void SendGossip()
    {
        var nodes = GossipTargets();
        if (nodes.Length == 0)
        {
            return;
        }

        var unaware = _random.NextDouble() < DifferentViewProbability ? Array.FindAll(nodes, node => !LatestGossip.SeenByNode(node)) : [];
        var candidates = unaware.Length > 0 ? unaware : nodes;
        var target = candidates[_random.Next(candidates.Length)];
        if (LatestGossip.SeenByNode(target))
        {
            CoreOf(target.Address).Tell(new GossipStatus(_self, LatestGossip.Version));
        }
        else
        {
            GossipTo(target);
        }
    }

    /// <summary>Smaller in large clusters, down to a tenth, lest the last ones to know be overrun.</summary>
    private double DifferentViewProbability
    {
        get
        {
            var full = Settings.GossipDifferentViewProbability;
            var few = Settings.ReduceGossipDifferentViewProbability;
            var excess = (double)(LatestGossip.Members.Count - few) / (2 * few);
            return excess <= 0 ? full : full * (1 - (0.9 * Math.Min(excess, 1)));
        }
    }

    private void SendGossipRandom(int count)
    {
        var nodes = GossipTargets();
        _random.Shuffle(nodes);
        foreach (var node in nodes.Take(count))
        {
            GossipTo(node);
        }
    }

    private UniqueAddress[] GossipTargets() => [.. LatestGossip.Members.Select(m => m.UniqueAddress).Where(_state.ValidNodeForGossip)];

    private void GossipTo(UniqueAddress node) => GossipTo(node, CoreOf(node.Address));

    private void GossipTo(UniqueAddress node, ICanTell destination)
    {
        if (_state.ValidNodeForGossip(node))
        {
            destination.Tell(new GossipEnvelope(_self, node, LatestGossip), Self);
        }
    }
}
