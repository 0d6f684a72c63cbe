namespace TorchSharp.Tensors;

/// <summary>Arithmetic of shapes and strides.</summary>
internal static class Shapes
{
    public static readonly long[] Scalar = [];

    public static long Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count *= size;
        }

        return count;
    }

    public static long[] ContiguousStrides(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }

        return strides;
    }

    public static bool IsContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        var expected = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 0)
            {
                return true;
            }

            if (shape[i] != 1)
            {
                if (strides[i] != expected)
                {
                    return false;
                }

                expected *= shape[i];
            }
        }

        return true;
    }

    public static bool Same(long[] left, long[] right) =>
        ReferenceEquals(left, right) || left.AsSpan().SequenceEqual(right);

    /// <summary>The shape that both broadcast to; one of the two given arrays where it already has it.</summary>
    public static long[] Broadcast(long[] left, long[] right)
    {
        if (Same(left, right) || right.Length == 0)
        {
            return left;
        }

        if (left.Length == 0)
        {
            return right;
        }

        var rank = Math.Max(left.Length, right.Length);
        var shape = new long[rank];
        for (var i = 1; i <= rank; i++)
        {
            var a = i <= left.Length ? left[^i] : 1;
            var b = i <= right.Length ? right[^i] : 1;
            TorchError.Require(
                a == b || a == 1 || b == 1,
                $"the shapes {Text(left)} and {Text(right)} do not broadcast: {a} and {b} in dimension {rank - i}");
            shape[^i] = a == 1 ? b : a;
        }

        return Same(shape, left) ? left : Same(shape, right) ? right : shape;
    }

    public static bool CanExpand(ReadOnlySpan<long> from, ReadOnlySpan<long> to)
    {
        if (from.Length > to.Length)
        {
            return false;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            if (from[^i] != to[^i] && from[^i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A dimension counted from either end, as one counted from the front.</summary>
    public static int Dimension(long dimension, int rank)
    {
        var effective = Math.Max(rank, 1);
        TorchError.Require(
            dimension >= -effective && dimension < effective,
            $"dimension {dimension} is out of range: {-effective} to {effective - 1}");
        return (int)(dimension < 0 ? dimension + effective : dimension);
    }

    /// <summary>Whether each dimension is among those listed; an empty list means all of them.</summary>
    public static bool[] Selected(ReadOnlySpan<long> dimensions, int rank)
    {
        var selected = new bool[rank];
        if (dimensions.Length == 0)
        {
            Array.Fill(selected, true);
            return selected;
        }

        foreach (var dimension in dimensions)
        {
            var d = Dimension(dimension, rank);
            if (rank == 0)
            {
                continue;
            }

            TorchError.Require(!selected[d], $"dim {d} appears multiple times in the list of dims");
            selected[d] = true;
        }

        return selected;
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>Replaces a size of -1 by what is left over.</summary>
    public static long[] Infer(ReadOnlySpan<long> shape, long count)
    {
        var result = shape.ToArray();
        var known = 1L;
        var unknown = -1;
        for (var i = 0; i < result.Length; i++)
        {
            if (result[i] == -1)
            {
                TorchError.Require(unknown < 0, "only one dimension can be inferred");
                unknown = i;
            }
            else
            {
                TorchError.Require(result[i] >= 0, $"invalid shape dimension {result[i]}");
                known *= result[i];
            }
        }

        if (unknown >= 0 && known > 0 && count % known == 0)
        {
            result[unknown] = count / known;
            return result;
        }

        TorchError.Require(unknown < 0 && known == count, $"{count} elements do not fill the shape {Text(shape)}");
        return result;
    }

    /// <summary>The strides under which existing elements take a new shape without moving, if there are such.</summary>
    public static long[]? ViewStrides(long[] oldShape, long[] oldStrides, long[] newShape)
    {
        var strides = new long[newShape.Length];
        if (Count(oldShape) == 0)
        {
            return ContiguousStrides(newShape);
        }

        var view = newShape.Length - 1;
        var chunk = 1L;
        var stride = oldStrides.Length > 0 ? oldStrides[^1] : 1;
        for (var i = oldShape.Length - 1; i >= 0; i--)
        {
            chunk *= oldShape[i];
            if (i > 0 && (oldShape[i - 1] == 1 || oldStrides[i - 1] == chunk * stride))
            {
                continue;
            }

            // Old dimensions down to i lie evenly spaced; the new ones must divide them exactly.
            var covered = 1L;
            while (view >= 0 && (covered < chunk || newShape[view] == 1))
            {
                strides[view] = covered * stride;
                covered *= newShape[view];
                view--;
            }

            if (covered != chunk)
            {
                return null;
            }

            if (i > 0)
            {
                chunk = 1;
                stride = oldStrides[i - 1];
            }
        }

        for (; view >= 0; view--)
        {
            if (newShape[view] != 1)
            {
                return null;
            }

            strides[view] = stride;
        }

        return strides;
    }
}
