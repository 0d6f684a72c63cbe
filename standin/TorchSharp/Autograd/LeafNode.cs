using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>The end of the graph at a tensor that gradients are wanted for: adds them to its <c>grad()</c>.</summary>
internal sealed class LeafNode : GraphNode
{
    private readonly TensorValue _leaf;

    private LeafNode(TensorValue leaf)
        : base(default(LeafMark))
    {
        _leaf = leaf;
        _leaf.Retain();
    }

    /// <summary>The leaf's one node, created at first use and forgotten with the last graph that holds it.</summary>
    public static LeafNode For(TensorValue leaf)
    {
        lock (leaf)
        {
            if (leaf.Leaf is { } known && known.TryRetain())
            {
                return known;
            }

            var node = new LeafNode(leaf);
            leaf.Leaf = node;
            return node;
        }
    }

    public override void Backward(TensorValue gradient, BackwardPass pass) => Accumulate(_leaf, gradient);

    /// <summary>Adds a gradient to what <c>grad()</c> shows.</summary>
    public static void Accumulate(TensorValue target, TensorValue gradient)
    {
        if (target.Gradient is null)
        {
            target.Gradient = GradMode.Enabled ? Ops.Clone(gradient) : Adopt(gradient);
        }
        else if (!GradMode.Enabled && target.Gradient.IsContiguous && !target.Gradient.RequiresGrad)
        {
            Arithmetic.AddInto(target.Gradient, gradient);
        }
        else
        {
            var previous = target.Gradient;
            target.Gradient = Ops.Add(previous, gradient);
            previous.Release();
        }
    }

    // A gradient that nobody else holds need not be copied. The pass itself holds one reference.
    private static TensorValue Adopt(TensorValue gradient) =>
        gradient.IsUnique && gradient.Storage.IsUnique && gradient.IsContiguous && !gradient.RequiresGrad
            ? gradient.Shared()
            : Copying.Clone(gradient);

    protected override void ReleaseSaved()
    {
        lock (_leaf)
        {
            if (_leaf.Leaf == this)
            {
                _leaf.Leaf = null;
            }
        }

        _leaf.Release();
    }
}
