using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    public static TensorValue Cat(ReadOnlySpan<TensorValue> parts, long dimension)
    {
        TorchError.Require(parts.Length > 0, "there is nothing to concatenate");
        var d = Shapes.Dimension(dimension, parts[0].Rank);
        TorchError.Require(parts[0].Rank > 0, "zero-dimensional tensors cannot be concatenated");
        var shape = (long[])parts[0].Shape.Clone();
        var type = parts[0].Type;
        shape[d] = 0;
        foreach (var part in parts)
        {
            type = TypePromotion.Common(type, part.Type);
            shape[d] += Matching(parts[0], part, d);
        }

        var result = TensorValue.Allocate(shape, type);
        var offset = 0L;
        foreach (var part in parts)
        {
            using var hole = result.Window(part.Shape, result.Strides, offset);
            Copying.Into(hole, part);
            offset += part.Shape[d] * result.Strides[d];
        }

        if (GradMode.Records(parts))
        {
            result.Record(new CatNode(parts, d));
        }

        return result;
    }

    public static TensorValue Stack(ReadOnlySpan<TensorValue> parts, long dimension)
    {
        TorchError.Require(parts.Length > 0, "there is nothing to stack");
        var unsqueezed = new TensorValue[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            TorchError.Require(
                Shapes.Same(parts[i].Shape, parts[0].Shape),
                $"cannot stack shapes {Shapes.Text(parts[0].Shape)} (0) and {Shapes.Text(parts[i].Shape)} ({i})");
            unsqueezed[i] = Unsqueeze(parts[i], dimension);
        }

        var result = Cat(unsqueezed, Shapes.Dimension(dimension, parts[0].Rank + 1));
        foreach (var part in unsqueezed)
        {
            part.Release();
        }

        return result;
    }

    public static TensorValue Gather(TensorValue x, long dimension, TensorValue index)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        CheckIndex(x, index, d, "gather");
        var result = Placing.Gather(x, d, index);
        if (GradMode.Records(x))
        {
            result.Record(new GatherNode(x, d, index));
        }

        return result;
    }

    /// <summary>A copy of x with the elements of source added (or written) where the index says.</summary>
    public static TensorValue Scatter(TensorValue x, long dimension, TensorValue index, TensorValue source, bool add)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        CheckIndex(x, index, d, "scatter");
        TorchError.Require(
            x.Type == source.Type, "scatter(): tensor and source must have the same type");
        TorchError.Require(
            index.Rank == source.Rank && Fits(index.Shape, source.Shape),
            $"an index of shape {Shapes.Text(index.Shape)} is too large for a source of shape {Shapes.Text(source.Shape)}");
        var result = Copying.Clone(x);
        Placing.Scatter(result, d, index, source, add);
        if (GradMode.Records(x, source))
        {
            result.Record(new ScatterNode(x, d, index, source, add));
        }

        return result;
    }

    /// <summary>Zeros of a shape with the elements of source added where the index says.</summary>
    public static TensorValue ScatterAddInto(long[] shape, TensorValue source, int dimension, TensorValue index)
    {
        using var zeros = TensorValue.Zeros(shape, source.Type);
        return Scatter(zeros, dimension, index, source, true);
    }

    public static TensorValue IndexSelect(TensorValue x, long dimension, TensorValue index)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        CheckRows(x, d, index, "index_select");
        var result = Placing.SelectRows(x, d, index);
        if (GradMode.Records(x))
        {
            result.Record(new IndexSelectNode(x, d, index));
        }

        return result;
    }

    /// <summary>A copy of x with scale times the rows of source added where the index says.</summary>
    public static TensorValue IndexAdd(TensorValue x, long dimension, TensorValue index, TensorValue source, double scale)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        CheckRows(x, d, index, "index_add");
        TorchError.Require(x.Type == source.Type, "index_add(): tensor and source must have the same type");
        TorchError.Require(
            source.Rank == x.Rank && (x.Rank == 0 || (source.Shape[d] == index.Count && Matching(x, source, d) >= 0)),
            "index_add(): the source must have a row for every index");
        var result = Copying.Clone(x);
        using (var scaled = scale == 1 ? source.Shared() : Arithmetic.Binary(Kernels.BinaryOperation.Multiply, source, scale))
        {
            Placing.AddRows(result, d, index, scaled);
        }

        if (GradMode.Records(x, source))
        {
            result.Record(new IndexAddNode(x, d, index, source, scale));
        }

        return result;
    }

    public static TensorValue Where(TensorValue condition, TensorValue x, TensorValue y)
    {
        var result = Comparing.Where(condition, x, y);
        if (GradMode.Records(x, y))
        {
            result.Record(new WhereNode(condition, x, y));
        }

        return result;
    }

    public static TensorValue MaskedFill(TensorValue x, TensorValue mask, Scalar number)
    {
        using var value = Filling.Full(Shapes.Scalar, number, x.Type);
        return Where(mask, value, x);
    }

    /// <summary>The elements for which the mask holds, in order.</summary>
    public static TensorValue MaskedSelect(TensorValue x, TensorValue mask)
    {
        TorchError.Require(mask.Type is ScalarType.Bool or ScalarType.Byte, "masked_select: expected BoolTensor for mask");
        var shape = Shapes.Broadcast(x.Shape, mask.Shape);
        using var index = Placing.TruePositions(mask, shape);
        using var expanded = Expand(x, shape);
        using var flat = Reshape(expanded, [-1]);
        return IndexSelect(flat, 0, index);
    }

    private static long Matching(TensorValue first, TensorValue part, int dimension)
    {
        var same = part.Rank == first.Rank;
        for (var i = 0; same && i < first.Rank; i++)
        {
            same = i == dimension || part.Shape[i] == first.Shape[i];
        }

        TorchError.Require(
            same, $"{Shapes.Text(first.Shape)} and {Shapes.Text(part.Shape)} differ in more than dimension {dimension}");
        return part.Shape[dimension];
    }

    private static bool Fits(long[] inner, long[] outer) => inner.Zip(outer).All(static pair => pair.First <= pair.Second);

    private static void CheckIndex(TensorValue x, TensorValue index, int dimension, string operation)
    {
        TorchError.Require(index.Type == ScalarType.Int64, $"{operation}(): an index is of type Int64");
        TorchError.Require(
            index.Rank == x.Rank, $"{operation}(): the index must have {x.Rank} dimensions, not {index.Rank}");
        for (var i = 0; i < x.Rank; i++)
        {
            TorchError.Require(
                i == dimension || index.Shape[i] <= x.Shape[i],
                $"an index of shape {Shapes.Text(index.Shape)} is too large for {Shapes.Text(x.Shape)} in dimension {i}");
        }

        Placing.CheckRange(index, x.Rank == 0 ? 1 : x.Shape[dimension], operation);
    }

    private static void CheckRows(TensorValue x, int dimension, TensorValue index, string operation)
    {
        TorchError.Require(
            index.Type is ScalarType.Int64 or ScalarType.Int32, $"{operation}(): an index is of type Int64 or Int32");
        TorchError.Require(index.Rank <= 1, $"{operation}(): the index must be a vector");
        Placing.CheckRange(index, x.Rank == 0 ? 1 : x.Shape[dimension], operation);
    }
}
