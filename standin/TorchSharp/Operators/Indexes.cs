using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Turns index expressions into views and, where tensors of indices occur, into selections.</summary>
internal static class Indexes
{
    public static TensorValue Apply(TensorValue value, TensorIndex[] indices)
    {
        var current = value.Shared();
        var selectors = new List<(int Dimension, TensorValue Positions)>();
        var dimension = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            var index = indices[i];
            if (index.kind == TensorIndex.Kind.Ellipsis)
            {
                dimension = current.Rank - indices[(i + 1)..].Sum(Consumed);
                continue;
            }

            TorchError.Require(
                Consumed(index) == 0 || dimension < current.Rank, $"too many indices for tensor of dimension {value.Rank}");
            var next = Step(current, index, selectors, ref dimension);
            current.Release();
            current = next;
        }

        if (selectors.Count == 0)
        {
            return current;
        }

        using (current)
        {
            var result = Select(current, selectors);
            selectors.ForEach(static selector => selector.Positions.Release());
            return result;
        }
    }

    /// <summary>start:finish:step as Python means it, but with positive steps only.</summary>
    public static TensorValue Slice(TensorValue value, int dimension, long start, long finish, long step)
    {
        TorchError.Require(step > 0, "slice step must be positive");
        var size = value.Shape[dimension];
        var from = Math.Clamp(start < 0 ? start + size : start, 0, size);
        var to = Math.Clamp(finish < 0 ? finish + size : finish, from, size);
        return Ops.Slice(value, dimension, from, (to - from + step - 1) / step, step);
    }

    private static int Consumed(TensorIndex index) => index.kind switch
    {
        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
        TensorIndex.Kind.Tensor => index.tensor!.dtype == ScalarType.Bool ? (int)index.tensor.ndim : 1,
        _ => 0,
    };

    private static TensorValue Step(
        TensorValue current, TensorIndex index, List<(int Dimension, TensorValue Positions)> selectors, ref int dimension)
    {
        switch (index.kind)
        {
            case TensorIndex.Kind.Single:
                var position = index.start.GetValueOrDefault();
                var size = current.Shape[dimension];
                TorchError.Require(
                    position >= -size && position < size, $"index {position} is out of bounds for dimension {dimension} with size {size}");
                return Ops.Select(current, dimension, position);
            case TensorIndex.Kind.Slice:
                var d = dimension++;
                return Slice(current, d, index.start ?? 0, index.stop ?? current.Shape[d], index.step ?? 1);
            case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                return Ops.Unsqueeze(current, dimension++);
            case TensorIndex.Kind.Tensor when index.tensor!.dtype == ScalarType.Bool:
                foreach (var positions in MaskPositions(current, index.tensor.Value, dimension))
                {
                    selectors.Add((dimension++, positions));
                }

                return current.Shared();
            case TensorIndex.Kind.Tensor:
                TorchError.Require(
                    index.tensor!.dtype == ScalarType.Int64, "tensors used as indices must be long, byte or bool tensors");
                selectors.Add((dimension, Normal(index.tensor.Value, current.Shape[dimension])));
                dimension++;
                return current.Shared();
            default:
                throw TorchError.Of("indexing by a bare truth value is not supported");
        }
    }

    // Negative positions count from the end.
    private static TensorValue Normal(TensorValue positions, long size)
    {
        using var negative = Comparing.Compare(ComparisonOperation.Less, positions, 0);
        using var raised = Arithmetic.Binary(BinaryOperation.Add, positions, size.ToScalar());
        var normal = Comparing.Where(negative, raised, positions);
        Placing.CheckRange(normal, size, "index");
        return normal;
    }

    // One tensor of positions for each dimension of the mask.
    private static IEnumerable<TensorValue> MaskPositions(TensorValue value, TensorValue mask, int dimension)
    {
        TorchError.Require(
            Shapes.Same(mask.Shape, value.Shape[dimension..(dimension + mask.Rank)]),
            $"The shape of the mask {Shapes.Text(mask.Shape)} does not match the shape of the indexed tensor {Shapes.Text(value.Shape)}");
        using var flat = Placing.TruePositions(mask, mask.Shape);
        for (var i = 0; i < mask.Rank; i++)
        {
            yield return Coordinates(flat, Shapes.Count(mask.Shape.AsSpan(i + 1)), mask.Shape[i]);
        }
    }

    private static unsafe TensorValue Coordinates(TensorValue flat, long stride, long size)
    {
        var result = TensorValue.Allocate(flat.Shape, ScalarType.Int64);
        for (long i = 0; i < flat.Count; i++)
        {
            result.Pointer<long>()[i] = flat.Pointer<long>()[i] / stride % size;
        }

        return result;
    }

    private static TensorValue Select(TensorValue value, List<(int Dimension, TensorValue Positions)> selectors)
    {
        var shape = selectors.Aggregate(Shapes.Scalar, static (all, selector) => Shapes.Broadcast(all, selector.Positions.Shape));
        var indexed = selectors.ConvertAll(static selector => selector.Dimension);
        var adjacent = indexed[^1] - indexed[0] == indexed.Count - 1;
        var front = adjacent ? indexed[0] : 0;

        // The indexed dimensions are brought together and made one, of which the selection takes rows.
        var rest = Enumerable.Range(0, value.Rank).Except(indexed).ToList();
        long[] order = [.. rest.Take(front).Concat(indexed).Concat(rest.Skip(front)).Select(static d => (long)d)];
        using var arranged = Ops.Permute(value, order);
        using var merged = Ops.Reshape(
            arranged,
            [
                .. arranged.Shape[..front],
                Shapes.Count(arranged.Shape.AsSpan(front, indexed.Count)),
                .. arranged.Shape[(front + indexed.Count)..],
            ]);
        var linear = TensorValue.Zeros(shape, ScalarType.Int64);
        foreach (var (dimension, positions) in selectors)
        {
            var scaled = Arithmetic.Binary(BinaryOperation.Multiply, linear, value.Shape[dimension].ToScalar());
            linear.Release();
            linear = Arithmetic.Binary(BinaryOperation.Add, scaled, positions);
            scaled.Release();
        }

        using (linear)
        {
            using var flat = Ops.Reshape(linear, [-1]);
            using var rows = Ops.IndexSelect(merged, front, flat);
            return Ops.Reshape(rows, [.. merged.Shape[..front], .. shape, .. merged.Shape[(front + 1)..]]);
        }
    }
}
