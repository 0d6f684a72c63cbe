using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>Whom this node sends heartbeats to, and what it makes of the answers.</summary>
internal sealed class HeartbeatReceivers(HeartbeatNodeRing ring, IFailureDetectorRegistry<Address> failureDetector)
{
    private HeartbeatNodeRing _ring = ring;

    // Not watched by this node any more, but unreachable when last seen: without answers they would stay so for ever.
    private ImmutableHashSet<UniqueAddress> _formerAndUnreachable = [];

    public ImmutableHashSet<UniqueAddress> Active => _ring.MyReceivers.Union(_formerAndUnreachable);

    public void Add(UniqueAddress node) => Change(_ring.Add(node));

    public void Remove(UniqueAddress node)
    {
        Change(_ring.Remove(node));
        failureDetector.Remove(node.Address);
        _formerAndUnreachable = _formerAndUnreachable.Remove(node);
    }

    public void Unreachable(UniqueAddress node) => Change(_ring.Unreachable(node));

    public void Reachable(UniqueAddress node) => Change(_ring.Reachable(node));

    public void Answered(UniqueAddress node)
    {
        if (!Active.Contains(node))
        {
            return;
        }

        failureDetector.Heartbeat(node.Address);
        if (_formerAndUnreachable.Contains(node))
        {
            _formerAndUnreachable = _formerAndUnreachable.Remove(node);
            if (!_ring.MyReceivers.Contains(node))
            {
                failureDetector.Remove(node.Address);
            }
        }
    }

    private void Change(HeartbeatNodeRing ring)
    {
        foreach (var former in _ring.MyReceivers.Except(ring.MyReceivers))
        {
            if (failureDetector.IsAvailable(former.Address))
            {
                failureDetector.Remove(former.Address);
            }
            else
            {
                _formerAndUnreachable = _formerAndUnreachable.Add(former);
            }
        }

        _ring = ring;
    }
}
