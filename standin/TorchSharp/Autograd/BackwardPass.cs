using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>
/// One run of reverse-mode differentiation. Only operations on a path to something that was asked for
/// are executed, from the latest to the earliest; what an operation kept is freed as soon as it is done.
/// </summary>
internal sealed class BackwardPass
{
    [ThreadStatic]
    private static BackwardPass? t_idle;

    // Nodes of this run with an index by sequence number. Numbers of one graph are nearly consecutive,
    // so that their low bits make an almost perfect hash. Reused by the thread's later runs.
    private Entry[] _entries = new Entry[256];
    private int[] _slots = new int[512];
    private long[] _sequences = new long[256];
    private int[] _order = new int[256];
    private int _count;
    private int _current;

    /// <summary>Accumulates into the leaves (all, or those listed).</summary>
    public static void Accumulate(
        IReadOnlyList<TensorValue> outputs, IReadOnlyList<TensorValue>? seeds, IReadOnlyList<TensorValue>? inputs, bool keep, bool record)
    {
        using var mode = new GradMode(record);
        var pass = Take();
        try
        {
            pass.Collect(outputs);
            if (inputs is null)
            {
                pass.WantLeaves();
            }
            else
            {
                foreach (var input in inputs)
                {
                    pass.Want(input);
                }
            }

            pass.Execute(outputs, seeds, keep);
            if (inputs is not null)
            {
                foreach (var input in inputs.Distinct())
                {
                    using var gradient = pass.TakeWanted(input);
                    if (gradient is not null)
                    {
                        LeafNode.Accumulate(input, gradient);
                    }
                }
            }
        }
        finally
        {
            pass.Reset();
        }
    }

    /// <summary>Returns a gradient for each input, null for an input that the outputs do not depend on.</summary>
    public static TensorValue?[] Gradients(
        IReadOnlyList<TensorValue> outputs, IReadOnlyList<TensorValue>? seeds, IReadOnlyList<TensorValue> inputs, bool keep, bool record)
    {
        using var mode = new GradMode(record);
        var pass = Take();
        try
        {
            pass.Collect(outputs);
            foreach (var input in inputs)
            {
                pass.Want(input);
            }

            pass.Execute(outputs, seeds, keep);
            var results = new TensorValue?[inputs.Count];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = pass.TakeWanted(inputs[i]);
            }

            return results;
        }
        finally
        {
            pass.Reset();
        }
    }

    /// <summary>Whether the running operation has to give a gradient for one of its inputs.</summary>
    public bool Wants(int input)
    {
        var node = _entries[_current].Node.Input(input);
        return node is not null && _entries[Find(node)].Needed;
    }

    /// <summary>Hands over a gradient for an input of the running operation.</summary>
    public void Give(int input, TensorValue gradient)
    {
        var node = _entries[_current].Node.Input(input);
        if (node is null || !_entries[Find(node)].Needed)
        {
            gradient.Release();
            return;
        }

        Add(ref _entries[Find(node)], gradient);
    }

    private static BackwardPass Take()
    {
        var pass = t_idle ?? new BackwardPass();
        t_idle = null;
        return pass;
    }

    private void Collect(IReadOnlyList<TensorValue> outputs)
    {
        foreach (var output in outputs)
        {
            if (EdgeOf(output) is { } node && Find(node) < 0)
            {
                Insert(node);
            }
        }

        // The entries double as the queue of the walk.
        for (var i = 0; i < _count; i++)
        {
            var node = _entries[i].Node;
            for (var k = 0; k < node.InputCount; k++)
            {
                if (node.Input(k) is { } input && Find(input) < 0)
                {
                    Insert(input);
                }
            }
        }

        for (var i = 0; i < _count; i++)
        {
            _order[i] = i;
            _sequences[i] = _entries[i].Node.Sequence;
        }

        Array.Sort(_sequences, _order, 0, _count);
    }

    // A leaf's node need not exist when the leaf is only named as an input: then nothing depends on it.
    private static GraphNode? EdgeOf(TensorValue value) => value.Producer ?? value.Leaf;

    private void WantLeaves()
    {
        for (var i = 0; i < _count; i++)
        {
            _entries[i].Needed = _entries[i].Executed = true;
        }
    }

    private void Want(TensorValue input)
    {
        TorchError.Require(input.RequiresGrad, "One of the differentiated Tensors does not require grad");
        var index = EdgeOf(input) is { } node ? Find(node) : -1;
        if (index >= 0)
        {
            _entries[index].Needed = _entries[index].Wanted = true;
        }
    }

    private void Execute(IReadOnlyList<TensorValue> outputs, IReadOnlyList<TensorValue>? seeds, bool keep)
    {
        // Inputs come before what is made of them, so one ascending sweep finds all that leads to a wanted value.
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[_order[i]];
            for (var k = 0; k < entry.Node.InputCount && !entry.Executed; k++)
            {
                entry.Executed = entry.Node.Input(k) is { } input && _entries[Find(input)].Needed;
            }

            entry.Needed |= entry.Executed;
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            if (EdgeOf(outputs[i]) is { } node)
            {
                var seed = seeds is null ? Filling.Ones(outputs[i].Shape, outputs[i].Type) : seeds[i].Shared();
                Add(ref _entries[Find(node)], seed);
            }
        }

        for (var i = _count - 1; i >= 0; i--)
        {
            _current = _order[i];
            var (node, gradient) = (_entries[_current].Node, _entries[_current].Gradient);
            if (gradient is null)
            {
                continue;
            }

            if (node.GradientKeeper is { } keeper && _entries[_current].Needed)
            {
                LeafNode.Accumulate(keeper, gradient);
            }

            if (_entries[_current].Executed)
            {
                if (!_entries[_current].Wanted)
                {
                    _entries[_current].Gradient = null;
                }

                // The node's operands may end with it; the array of entries may grow meanwhile.
                try
                {
                    node.Backward(gradient, this);
                }
                finally
                {
                    if (!_entries[_current].Wanted)
                    {
                        gradient.Release();
                    }
                }

                if (!keep && node is not LeafNode)
                {
                    node.Free();
                }
            }
            else if (!_entries[_current].Wanted)
            {
                gradient.Release();
                _entries[_current].Gradient = null;
            }
        }
    }

    private TensorValue? TakeWanted(TensorValue input)
    {
        var index = EdgeOf(input) is { } node ? Find(node) : -1;
        return index < 0 ? null : _entries[index].Gradient?.Shared();
    }

    private static void Add(ref Entry entry, TensorValue gradient)
    {
        var sum = entry.Gradient;
        if (sum is null)
        {
            entry.Gradient = gradient;
            return;
        }

        if (!GradMode.Enabled && sum.IsUnique && sum.Storage.IsUnique && sum.IsContiguous)
        {
            Arithmetic.AddInto(sum, gradient);
        }
        else
        {
            entry.Gradient = Ops.Add(sum, gradient);
            sum.Release();
        }

        gradient.Release();
    }

    private int Find(GraphNode node)
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

    private void Insert(GraphNode node)
    {
        if (_count == _entries.Length)
        {
            Grow();
        }

        _entries[_count] = new Entry { Node = node };
        _count++;
        Place(node, _count);
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
        for (var i = 0; i < _count; i++)
        {
            Place(_entries[i].Node, i + 1);
        }
    }

    private void Reset()
    {
        for (var i = 0; i < _count; i++)
        {
            _entries[i].Gradient?.Release();
        }

        Array.Clear(_entries, 0, _count);
        Array.Clear(_slots);
        _count = 0;
        t_idle = this;
    }

    private struct Entry
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
