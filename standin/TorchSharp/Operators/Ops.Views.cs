using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    public static TensorValue To(TensorValue x, ScalarType type)
    {
        if (x.Type == type)
        {
            return x.Shared();
        }

        var result = Copying.Cast(x, type);
        if (ElementType.IsFloating(type) && GradMode.Records(x))
        {
            result.Record(new CastNode(x));
        }

        return result;
    }

    public static TensorValue Clone(TensorValue x)
    {
        var result = Copying.Clone(x);
        if (GradMode.Records(x))
        {
            result.Record(new IdentityNode(x));
        }

        return result;
    }

    public static TensorValue Contiguous(TensorValue x) => x.IsContiguous ? x.Shared() : Clone(x);

    /// <summary>The same elements under another shape, which their strides must allow.</summary>
    public static TensorValue View(TensorValue x, ReadOnlySpan<long> shape)
    {
        var target = Shapes.Infer(shape, x.Count);
        var strides = x.IsContiguous ? null : Shapes.ViewStrides(x.Shape, x.Strides, target);
        TorchError.Require(
            x.IsContiguous || strides is not null,
            "the elements do not lie evenly enough in memory for a view of that shape; use reshape()");
        return Viewed(x, target, strides, x.Offset, new ReshapeBuilder());
    }

    /// <summary>The same elements under another shape, copied if their strides do not allow a view.</summary>
    public static TensorValue Reshape(TensorValue x, ReadOnlySpan<long> shape)
    {
        var target = Shapes.Infer(shape, x.Count);
        if (Shapes.Same(target, x.Shape))
        {
            return x.Shared();
        }

        if (x.IsContiguous || Shapes.ViewStrides(x.Shape, x.Strides, target) is not null)
        {
            return View(x, target);
        }

        using var copy = Clone(x);
        return View(copy, target);
    }

    public static TensorValue Permute(TensorValue x, ReadOnlySpan<long> order)
    {
        TorchError.Require(order.Length == x.Rank, "permute() has to name every dimension once");
        var (shape, strides, seen) = (new long[x.Rank], new long[x.Rank], new bool[x.Rank]);
        var normal = new int[x.Rank];
        for (var i = 0; i < x.Rank; i++)
        {
            var d = Shapes.Dimension(order[i], x.Rank);
            TorchError.Require(!seen[d], "permute() has to name every dimension once");
            (seen[d], normal[i], shape[i], strides[i]) = (true, d, x.Shape[d], x.Strides[d]);
        }

        return Viewed(x, shape, strides, x.Offset, new PermuteBuilder(normal));
    }

    public static TensorValue Transpose(TensorValue x, long first, long second)
    {
        var (a, b) = (Shapes.Dimension(first, x.Rank), Shapes.Dimension(second, x.Rank));
        var order = new long[x.Rank];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i == a ? b : i == b ? a : i;
        }

        return Permute(x, order);
    }

    public static TensorValue Expand(TensorValue x, ReadOnlySpan<long> sizes)
    {
        var shape = sizes.ToArray();
        var strides = new long[shape.Length];
        TorchError.Require(
            shape.Length >= x.Rank,
            $"cannot expand a tensor of {x.Rank} dimensions to {shape.Length}");
        for (var i = 1; i <= shape.Length; i++)
        {
            var own = i <= x.Rank ? x.Shape[^i] : 1;
            if (shape[^i] == -1)
            {
                TorchError.Require(i <= x.Rank, $"there is no size to keep for new dimension {shape.Length - i}");
                shape[^i] = own;
            }

            TorchError.Require(
                own == shape[^i] || own == 1,
                $"cannot expand dimension {shape.Length - i} from {own} to {shape[^i]}");
            strides[^i] = own == 1 && shape[^i] != 1 ? 0 : i <= x.Rank ? x.Strides[^i] : 0;
        }

        return Shapes.Same(shape, x.Shape)
            ? Viewed(x, x.Shape, x.Strides, x.Offset, new ReshapeBuilder())
            : Viewed(x, shape, strides, x.Offset, new ExpandBuilder());
    }

    /// <summary>Every <paramref name="step"/>-th element along a dimension.</summary>
    public static TensorValue Slice(TensorValue x, int dimension, long start, long length, long step = 1)
    {
        var shape = (long[])x.Shape.Clone();
        var strides = (long[])x.Strides.Clone();
        shape[dimension] = length;
        strides[dimension] *= step;
        return Viewed(x, shape, strides, x.Offset + start * x.Strides[dimension], new SliceBuilder(dimension, start, step));
    }

    public static TensorValue Narrow(TensorValue x, long dimension, long start, long length)
    {
        TorchError.Require(x.Rank > 0, "narrow() cannot be applied to a 0-dim tensor.");
        var d = Shapes.Dimension(dimension, x.Rank);
        var from = start < 0 ? start + x.Shape[d] : start;
        TorchError.Require(length >= 0, "narrow(): length must be non-negative.");
        TorchError.Require(
            from >= 0 && from + length <= x.Shape[d],
            $"start ({start}) + length ({length}) exceeds dimension size ({x.Shape[d]}).");
        return Slice(x, d, from, length);
    }

    public static TensorValue Select(TensorValue x, long dimension, long index)
    {
        TorchError.Require(x.Rank > 0, "select() cannot be applied to a 0-dim tensor.");
        var d = Shapes.Dimension(dimension, x.Rank);
        TorchError.Require(
            index >= -x.Shape[d] && index < x.Shape[d],
            $"select(): index {index} out of range for tensor of size {Shapes.Text(x.Shape)} at dimension {d}");
        using var slice = Slice(x, d, index < 0 ? index + x.Shape[d] : index, 1);
        return Squeeze(slice, d);
    }

    public static TensorValue Squeeze(TensorValue x, int dimension) =>
        x.Rank == 0 || x.Shape[dimension] != 1
            ? Viewed(x, x.Shape, x.Strides, x.Offset, new ReshapeBuilder())
            : Viewed(x, Without(x.Shape, dimension), Without(x.Strides, dimension), x.Offset, new ReshapeBuilder());

    public static TensorValue Squeeze(TensorValue x)
    {
        var kept = Enumerable.Range(0, x.Rank).Where(i => x.Shape[i] != 1).ToArray();
        return Viewed(x, [.. kept.Select(i => x.Shape[i])], [.. kept.Select(i => x.Strides[i])], x.Offset, new ReshapeBuilder());
    }

    public static TensorValue Unsqueeze(TensorValue x, long dimension)
    {
        var d = Shapes.Dimension(dimension, x.Rank + 1);
        var stride = d < x.Rank ? x.Shape[d] * x.Strides[d] : 1;
        return Viewed(
            x, [.. x.Shape[..d], 1, .. x.Shape[d..]], [.. x.Strides[..d], stride, .. x.Strides[d..]], x.Offset, new ReshapeBuilder());
    }

    /// <summary>Any window of the storage.</summary>
    public static TensorValue Window(TensorValue x, long[] shape, long[] strides, long offset)
    {
        var result = x.Window(shape, strides, offset);
        result.ViewOf(x);
        if (GradMode.Records(x))
        {
            result.Record(new WindowNode(x, shape, strides, offset));
        }

        return result;
    }

    private static TensorValue Viewed<TBuilder>(TensorValue x, long[] shape, long[]? strides, long offset, TBuilder builder)
        where TBuilder : struct, INodeBuilder
    {
        var result = x.Window(shape, strides, offset);
        result.ViewOf(x);
        if (GradMode.Records(x))
        {
            result.Record(builder.Build(x));
        }

        return result;
    }

    private static long[] Without(long[] values, int index) => [.. values[..index], .. values[(index + 1)..]];

    // The node is only built when it is needed, and then without a closure.
    private interface INodeBuilder
    {
        GraphNode Build(TensorValue x);
    }

    private readonly struct ReshapeBuilder : INodeBuilder
    {
        public GraphNode Build(TensorValue x) => new ReshapeNode(x);
    }

    private readonly struct PermuteBuilder(int[] order) : INodeBuilder
    {
        public GraphNode Build(TensorValue x) => new PermuteNode(x, order);
    }

    private readonly struct ExpandBuilder : INodeBuilder
    {
        public GraphNode Build(TensorValue x) => new ExpandNode(x);
    }

    private readonly struct SliceBuilder(int dimension, long start, long step) : INodeBuilder
    {
        public GraphNode Build(TensorValue x) => new SliceNode(x, dimension, start, step);
    }
}
