using System.Runtime.CompilerServices;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => index([i1]);
            set => index_put_(value, [i1]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index([i1, i2]);
            set => index_put_(value, [i1, i2]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index([i1, i2, i3]);
            set => index_put_(value, [i1, i2, i3]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index([i1, i2, i3, i4]);
            set => index_put_(value, [i1, i2, i3, i4]);
        }

        public Tensor index(params TensorIndex[] indices) => Result(Indexes.Apply(Value, indices), indices);

        public Tensor index(params Tensor[] indices) => index(AsIndices(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            if (Array.TrueForAll(indices, static index => index.kind != TensorIndex.Kind.Tensor))
            {
                using var window = index(indices);
                window.copy_(value).Dispose();
                return alias();
            }

            // The places are found by indexing the positions of all elements in the same way.
            using var positions = arange(numel(), ScalarType.Int64);
            using var shaped = positions.view(Value.Shape);
            using var places = shaped.index(indices);
            using var flatPlaces = places.reshape(-1);
            using var typed = value.to_type(dtype);
            using var wide = typed.expand((ReadOnlySpan<long>)places.Value.Shape);
            using var flatValues = wide.reshape(-1);
            using var flat = reshape(-1);
            using var written = flat.scatter(0, flatPlaces, flatValues);
            using var result = written.view(Value.Shape);
            return copy_(result);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, AsIndices(indices));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scalar = full(Array.Empty<long>(), value, dtype);
            return index_put_(scalar, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, AsIndices(indices));

        public Tensor index_select(long dim, Tensor index) => Result(Ops.IndexSelect(Value, dim, index.Value), index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Result(Ops.IndexAdd(Value, dim, index.Value, source.Value, alpha.Float), index, source);

        public Tensor gather(long dim, Tensor index) => Result(Ops.Gather(Value, dim, index.Value), index);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Result(Ops.Scatter(Value, dim, index.Value, src.Value, false), index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Result(Ops.Scatter(Value, dim, index.Value, src.Value, true), index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) => Result(Ops.MaskedFill(Value, mask.Value, value), mask);

        public Tensor masked_select(Tensor mask) => Result(Ops.MaskedSelect(Value, mask.Value), mask);

        public Tensor nonzero()
        {
            using var truth = Comparing.Truth(Value);
            using var flat = Placing.TruePositions(truth, truth.Shape);
            var result = TensorValue.Allocate([flat.Count, truth.Rank], ScalarType.Int64);
            unsafe
            {
                for (long i = 0; i < flat.Count; i++)
                {
                    for (var d = 0; d < truth.Rank; d++)
                    {
                        result.Pointer<long>()[i * truth.Rank + d] =
                            flat.Pointer<long>()[i] / Shapes.Count(truth.Shape.AsSpan(d + 1)) % truth.Shape[d];
                    }
                }
            }

            return Result(result);
        }

        private static TensorIndex[] AsIndices(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);
    }
}
