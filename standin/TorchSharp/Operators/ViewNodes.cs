using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>A copy: the gradient passes unchanged.</summary>
internal sealed class IdentityNode(TensorValue x) : GraphNode(x)
{
    public override void Backward(TensorValue gradient, BackwardPass pass) => pass.Give(0, gradient.Shared());
}

/// <summary>A conversion between floating types.</summary>
internal sealed class CastNode(TensorValue x) : GraphNode(x)
{
    private readonly ScalarType _type = x.Type;

    public override void Backward(TensorValue gradient, BackwardPass pass) => pass.Give(0, Ops.To(gradient, _type));
}

/// <summary>A new shape for the same elements in the same order.</summary>
internal sealed class ReshapeNode(TensorValue x) : GraphNode(x)
{
    private readonly long[] _shape = x.Shape;

    public override void Backward(TensorValue gradient, BackwardPass pass) => pass.Give(0, Ops.Reshape(gradient, _shape));
}

/// <summary>A new order of dimensions.</summary>
internal sealed class PermuteNode(TensorValue x, int[] order) : GraphNode(x)
{
    public override void Backward(TensorValue gradient, BackwardPass pass)
    {
        var inverse = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        pass.Give(0, Ops.Permute(gradient, inverse));
    }
}

/// <summary>A repetition without copies.</summary>
internal sealed class ExpandNode(TensorValue x) : GraphNode(x)
{
    private readonly (long[] Shape, ScalarType Type) _x = (x.Shape, x.Type);

    public override void Backward(TensorValue gradient, BackwardPass pass) =>
        pass.Give(0, Ops.Conform(gradient, _x.Shape, _x.Type));
}

/// <summary>A part along one dimension: the gradient of the rest is zero.</summary>
internal sealed class SliceNode(TensorValue x, int dimension, long start, long step) : GraphNode(x)
{
    private readonly long[] _shape = x.Shape;

    public override void Backward(TensorValue gradient, BackwardPass pass) =>
        pass.Give(0, Ops.Place(gradient, _shape, dimension, start, step));
}

/// <summary>The inverse of a slice: a part set into zeros.</summary>
internal sealed class PlaceNode(TensorValue x, int dimension, long start, long step) : GraphNode(x)
{
    private readonly long _length = x.Shape[dimension];

    public override void Backward(TensorValue gradient, BackwardPass pass) =>
        pass.Give(0, Ops.Slice(gradient, dimension, start, _length, step));
}

/// <summary>Any window of the elements of a tensor.</summary>
internal sealed class WindowNode(TensorValue x, long[] shape, long[] strides, long offset) : GraphNode(x)
{
    private readonly TensorGeometry _source = new(x);

    public override void Backward(TensorValue gradient, BackwardPass pass)
    {
        using var zeros = TensorValue.Zeros(_source.Shape, gradient.Type);
        pass.Give(0, Ops.WriteWindow(zeros, gradient, _source, new TensorGeometry(shape, strides, offset)));
    }
}

/// <summary>A tensor part of which was overwritten.</summary>
internal sealed class WriteWindowNode(TensorValue target, TensorValue part, TensorGeometry source, TensorGeometry window)
    : GraphNode(target, part)
{
    public override void Backward(TensorValue gradient, BackwardPass pass)
    {
        using var compact = Ops.Contiguous(gradient);
        var inside = window.Within(source, compact.Offset);
        if (pass.Wants(0))
        {
            using var zeros = TensorValue.Zeros(window.Shape, gradient.Type);
            pass.Give(0, Ops.WriteWindow(compact, zeros, source, window));
        }

        if (pass.Wants(1))
        {
            pass.Give(1, Ops.Window(compact, inside.Shape, inside.Strides, inside.Offset));
        }
    }
}
