using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>
/// The nodes of one backward pass, found by sequence number. Numbers of one graph are nearly consecutive, so that
/// their low bits make an almost perfect hash; the arrays are reused from one pass to the next.
/// </summary>
internal sealed class NodeTable
{
    private Entry[] _entries = new Entry[256];
    private int[] _slots = new int[512];
    private long[] _sequences = new long[256];
    private int[] _order = new int[256];

    public int Count { get; private set; }

    public ref Entry this[int index] => ref _entries[index];

    /// <summary>Where the node of a rank is, counted from the earliest operation.</summary>
    public int Ordered(int rank) => _order[rank];

    public int Find(GraphNode node)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)node.Sequence & mask; ; slot = (slot + 1) & mask)
        {
            var index = _slots[slot] - 1;
            if (index < 0 || _entries[index].Node == node)
            {
                return index;
            }
        }
    }

    public void Insert(GraphNode node)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        _entries[Count] = new Entry { Node = node };
        Count++;
        Place(node, Count);
    }

    public void Sort()
    {
        for (var i = 0; i < Count; i++)
        {
            _order[i] = i;
            _sequences[i] = _entries[i].Node.Sequence;
        }

        Array.Sort(_sequences, _order, 0, Count);
    }

    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Array.Clear(_slots);
        Count = 0;
    }

    private void Place(GraphNode node, int indexPlusOne)
    {
        var mask = _slots.Length - 1;
        var slot = (int)node.Sequence & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = indexPlusOne;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        Array.Resize(ref _order, _entries.Length);
        Array.Resize(ref _sequences, _entries.Length);
        _slots = new int[_entries.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            Place(_entries[i].Node, i + 1);
        }
    }

    /// <summary>What a pass knows of a node.</summary>
    public struct Entry
    {
        public GraphNode Node;
        public TensorValue? Gradient;

        /// <summary>A gradient of this node's result is of use.</summary>
        public bool Needed;

        /// <summary>The node is run, since something before it is needed.</summary>
        public bool Executed;

        /// <summary>The gradient of the result was asked for itself.</summary>
        public bool Wanted;
    }
}
