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

    private readonly NodeTable _nodes = new();
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
        var node = _nodes[_current].Node.Input(input);
        return node is not null && _nodes[_nodes.Find(node)].Needed;
    }

    /// <summary>Hands over a gradient for an input of the running operation.</summary>
    public void Give(int input, TensorValue gradient)
    {
        var node = _nodes[_current].Node.Input(input);
        if (node is null || !_nodes[_nodes.Find(node)].Needed)
        {
            gradient.Release();
            return;
        }

        Add(ref _nodes[_nodes.Find(node)], gradient);
    }

    /// <summary>
    /// Whether the running operation may write into the gradient it was given: nobody else sees it, now or later. Large gradients then need
    /// no second buffer, and stay in the caches.
    /// </summary>
    public bool MayOverwrite(TensorValue gradient) =>
        !GradMode.Enabled && !_nodes[_current].Wanted && gradient.IsUnique && gradient.Storage.IsUnique && gradient.IsContiguous;

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
            if (EdgeOf(output) is { } node && _nodes.Find(node) < 0)
            {
                _nodes.Insert(node);
            }
        }

        // The entries double as the queue of the walk.
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i].Node;
            for (var k = 0; k < node.InputCount; k++)
            {
                if (node.Input(k) is { } input && _nodes.Find(input) < 0)
                {
                    _nodes.Insert(input);
                }
            }
        }

        _nodes.Sort();
    }

    // A leaf's node need not exist when the leaf is only named as an input: then nothing depends on it.
    private static GraphNode? EdgeOf(TensorValue value) => value.Producer ?? value.Leaf;

    private void WantLeaves()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            _nodes[i].Needed = _nodes[i].Executed = true;
        }
    }

    private void Want(TensorValue input)
    {
        TorchError.Require(input.RequiresGrad, "one of the inputs does not require gradients");
        var index = EdgeOf(input) is { } node ? _nodes.Find(node) : -1;
        if (index >= 0)
        {
            _nodes[index].Needed = _nodes[index].Wanted = true;
        }
    }

    private void Execute(IReadOnlyList<TensorValue> outputs, IReadOnlyList<TensorValue>? seeds, bool keep)
    {
        // Inputs come before what is made of them, so one ascending sweep finds all that leads to a wanted value.
        for (var i = 0; i < _nodes.Count; i++)
        {
            ref var entry = ref _nodes[_nodes.Ordered(i)];
            for (var k = 0; k < entry.Node.InputCount && !entry.Executed; k++)
            {
                entry.Executed = entry.Node.Input(k) is { } input && _nodes[_nodes.Find(input)].Needed;
            }

            entry.Needed |= entry.Executed;
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            if (EdgeOf(outputs[i]) is { } node)
            {
                var seed = seeds is null ? Filling.Ones(outputs[i].Shape, outputs[i].Type) : seeds[i].Shared();
                Add(ref _nodes[_nodes.Find(node)], seed);
            }
        }

        for (var i = _nodes.Count - 1; i >= 0; i--)
        {
            _current = _nodes.Ordered(i);
            var (node, gradient) = (_nodes[_current].Node, _nodes[_current].Gradient);
            if (gradient is null)
            {
                continue;
            }

            if (node.GradientKeeper is { } keeper && _nodes[_current].Needed)
            {
                LeafNode.Accumulate(keeper, gradient);
            }

            if (_nodes[_current].Executed)
            {
                if (!_nodes[_current].Wanted)
                {
                    _nodes[_current].Gradient = null;
                }

                // The node's operands may end with it; the array of entries may grow meanwhile.
                try
                {
                    node.Backward(gradient, this);
                }
                finally
                {
                    if (!_nodes[_current].Wanted)
                    {
                        gradient.Release();
                    }
                }

                if (!keep && node is not LeafNode)
                {
                    node.Free();
                }
            }
            else if (!_nodes[_current].Wanted)
            {
                gradient.Release();
                _nodes[_current].Gradient = null;
            }
        }
    }

    private TensorValue? TakeWanted(TensorValue input)
    {
        var index = EdgeOf(input) is { } node ? _nodes.Find(node) : -1;
        return index < 0 ? null : _nodes[index].Gradient?.Shared();
    }

    private static void Add(ref NodeTable.Entry entry, TensorValue gradient)
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

    private void Reset()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            _nodes[i].Gradient?.Release();
        }

        _nodes.Clear();
        t_idle = this;
    }
}
