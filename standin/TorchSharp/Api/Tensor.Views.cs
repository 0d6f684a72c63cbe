using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T
        {
            get
            {
                var order = new long[Value.Rank];
                for (var i = 0; i < order.Length; i++)
                {
                    order[i] = order.Length - 1 - i;
                }

                return permute(order);
            }
        }

        public Tensor mT => transpose(-2, -1);

        public Tensor view(params long[] shape) => Result(Ops.View(Value, shape));

        public Tensor view_as(Tensor other) => view(other.Value.Shape);

        public Tensor reshape(params long[] shape) => Result(Ops.Reshape(Value, shape));

        public Tensor flatten(long start_dim = 0, long end_dim = -1)
        {
            var (start, end) = (Shapes.Dimension(start_dim, Value.Rank), Shapes.Dimension(end_dim, Value.Rank));
            TorchError.Require(start <= end, "flatten() cannot end before it starts");
            if (Value.Rank == 0)
            {
                return reshape(1);
            }

            return Result(Ops.Reshape(
                Value, [.. Value.Shape[..start], Shapes.Count(Value.Shape.AsSpan(start, end - start + 1)), .. Value.Shape[(end + 1)..]]));
        }

        public Tensor unflatten(long dim, params long[] sizes)
        {
            var d = Shapes.Dimension(dim, Value.Rank);
            return Result(Ops.View(Value, [.. Value.Shape[..d], .. Shapes.Infer(sizes, Value.Shape[d]), .. Value.Shape[(d + 1)..]]));
        }

        public Tensor ravel() => reshape(-1);

        public Tensor squeeze(long? dim = null) =>
            Result(dim is { } d ? Ops.Squeeze(Value, Shapes.Dimension(d, Value.Rank)) : Ops.Squeeze(Value));

        public Tensor unsqueeze(long dim) => Result(Ops.Unsqueeze(Value, dim));

        public Tensor t()
        {
            TorchError.Require(Value.Rank <= 2, $"t() takes at most 2 dimensions, not {Value.Rank}");
            return Value.Rank < 2 ? alias() : transpose(0, 1);
        }

        public Tensor transpose(long dim0, long dim1) => Result(Ops.Transpose(Value, dim0, dim1));

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation) => Result(Ops.Permute(Value, permutation));

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Result(Ops.Expand(Value, sizes));

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);

        public Tensor expand_as(Tensor other) => expand((ReadOnlySpan<long>)other.Value.Shape);

        public Tensor broadcast_to(params long[] shape) => expand((ReadOnlySpan<long>)shape);

        public Tensor repeat(params long[] sizes)
        {
            TorchError.Require(
                sizes.Length >= Value.Rank, "repeat() has to name at least the dimensions there are");
            long[] padded = [.. Enumerable.Repeat(1L, sizes.Length - Value.Rank), .. Value.Shape];
            var (interleaved, wide) = (new long[2 * sizes.Length], new long[2 * sizes.Length]);
            for (var i = 0; i < sizes.Length; i++)
            {
                (interleaved[2 * i], interleaved[2 * i + 1]) = (1, padded[i]);
                (wide[2 * i], wide[2 * i + 1]) = (sizes[i], padded[i]);
            }

            using var shaped = Ops.Reshape(Value, interleaved);
            using var expanded = Ops.Expand(shaped, wide);
            return Result(Ops.Reshape(expanded, [.. padded.Zip(sizes, static (size, count) => size * count)]));
        }

        public Tensor narrow(long dim, long start, long length) => Result(Ops.Narrow(Value, dim, start, length));

        public Tensor select(long dim, long index) => Result(Ops.Select(Value, dim, index));

        public Tensor slice(long dim, long start, long finish, long step)
        {
            TorchError.Require(Value.Rank > 0, "slice() cannot be applied to a 0-dim tensor.");
            var d = Shapes.Dimension(dim, Value.Rank);
            return Result(Indexes.Slice(Value, d, start, finish, step));
        }

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Result(Ops.Window(Value, (long[])size.Clone(), (long[])strides.Clone(), storageOffset));

        public Tensor[] split(long size, int dim = 0)
        {
            TorchError.Require(size > 0, $"pieces must have a positive size, not {size}");
            var d = Shapes.Dimension(dim, Value.Rank);
            var count = Math.Max(1, (Value.Shape[d] + size - 1) / size);
            var parts = new Tensor[count];
            for (var i = 0; i < count; i++)
            {
                parts[i] = narrow(d, i * size, Math.Min(size, Value.Shape[d] - i * size));
            }

            return parts;
        }

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            var d = Shapes.Dimension(dim, Value.Rank);
            var total = 0L;
            foreach (var size in sizes)
            {
                total += size;
            }

            TorchError.Require(
                total == Value.Shape[d],
                $"the sizes {Shapes.Text(sizes)} do not add up to {Value.Shape[d]}, the size of dimension {d}");
            var parts = new Tensor[sizes.Length];
            var start = 0L;
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = narrow(d, start, sizes[i]);
                start += sizes[i];
            }

            return parts;
        }

        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        public Tensor[] split(params long[] sizes) => split((ReadOnlySpan<long>)sizes);

        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            TorchError.Require(chunks > 0, $"a tensor is cut into at least one chunk, not {chunks}");
            var d = Shapes.Dimension(dim, Value.Rank);
            return split(Math.Max(1, (Value.Shape[d] + chunks - 1) / chunks), d);
        }

        public Tensor[] unbind(long dimension = 0L)
        {
            var d = Shapes.Dimension(dimension, Value.Rank);
            var parts = new Tensor[Value.Shape[d]];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = select(d, i);
            }

            return parts;
        }

        public Tensor flip(params long[] dims)
        {
            var current = alias();
            foreach (var dim in dims)
            {
                var length = size((int)dim);
                using var order = arange(length - 1, -1, -1, ScalarType.Int64);
                using var previous = current;
                current = previous.index_select(dim, order);
            }

            return current;
        }
    }
}
