using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// All members in a ring, in an order that all agree upon and that mixes hosts. Every member watches the next ones, so that
/// every member is watched by as many.
/// </summary>
internal sealed class HeartbeatNodeRing
{
    private static readonly IComparer<UniqueAddress> RingOrder = Comparer<UniqueAddress>.Create((x, y) =>
        x.Uid != y.Uid ? x.Uid.CompareTo(y.Uid) : Member.AddressOrdering.Compare(x.Address, y.Address));

    private readonly UniqueAddress _self;
    private readonly ImmutableSortedSet<UniqueAddress> _nodes;
    private readonly ImmutableHashSet<UniqueAddress> _unreachable;
    private readonly int _watchersOfEach;

    public HeartbeatNodeRing(UniqueAddress self, IEnumerable<UniqueAddress> nodes, IEnumerable<UniqueAddress> unreachable, int watchersOfEach)
        : this(self, nodes.Append(self).ToImmutableSortedSet(RingOrder), [.. unreachable], watchersOfEach)
    {
    }

    private HeartbeatNodeRing(
        UniqueAddress self, ImmutableSortedSet<UniqueAddress> nodes, ImmutableHashSet<UniqueAddress> unreachable, int watchersOfEach)
    {
        _self = self;
        _nodes = nodes;
        _unreachable = unreachable;
        _watchersOfEach = watchersOfEach;
        MyReceivers = Receivers();
    }

    /// <summary>Whom this node watches.</summary>
    public ImmutableHashSet<UniqueAddress> MyReceivers { get; }

    public bool Contains(UniqueAddress node) => _nodes.Contains(node);

    public HeartbeatNodeRing Add(UniqueAddress node) => Contains(node) ? this : new(_self, _nodes.Add(node), _unreachable, _watchersOfEach);

    public HeartbeatNodeRing Remove(UniqueAddress node) => new(_self, _nodes.Remove(node), _unreachable.Remove(node), _watchersOfEach);

    public HeartbeatNodeRing Unreachable(UniqueAddress node) => new(_self, _nodes, _unreachable.Add(node), _watchersOfEach);

    public HeartbeatNodeRing Reachable(UniqueAddress node) => new(_self, _nodes, _unreachable.Remove(node), _watchersOfEach);

    private ImmutableHashSet<UniqueAddress> Receivers()
    {
        var others = _nodes.Remove(_self);
        if (others.Count <= _watchersOfEach)
        {
            return [.. others];
        }

        // Unreachable nodes come on top, up to as many again: somebody has to notice when they come back or are gone for good.
        var receivers = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        var missing = _watchersOfEach;
        foreach (var node in others.Where(node => RingOrder.Compare(node, _self) > 0).Concat(others.Where(node => RingOrder.Compare(node, _self) < 0)))
        {
            if (missing == 0)
            {
                break;
            }

            if (!_unreachable.Contains(node))
            {
                receivers.Add(node);
                missing--;
            }
            else if (receivers.Count < _watchersOfEach)
            {
                receivers.Add(node);
            }
        }

        return receivers.ToImmutable();
    }
}
