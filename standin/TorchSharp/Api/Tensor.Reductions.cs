using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Summed([], false, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Summed(dim, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Summed(dim, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Summed([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => Summed([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Summed([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Result(Ops.Mean(Value, [], false));

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            using var typed = Ops.To(Value, type ?? Value.Type);
            return Result(Ops.Mean(typed, dimensions, keepdim));
        }

        public Tensor var(bool unbiased = true) => Result(Ops.Variance(Value, [], unbiased, false));

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var typed = Ops.To(Value, type ?? Value.Type);
            return Result(Ops.Variance(typed, dimensions, unbiased, keepdim));
        }

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => SquareRoot(Ops.Variance(Value, [], unbiased, false));

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var typed = Ops.To(Value, type ?? Value.Type);
            return SquareRoot(Ops.Variance(typed, dimensions, unbiased, keepdim));
        }

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor norm(float p = 2.0f) => Result(Ops.Norm(Value, p, [], false));

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Result(Ops.Norm(Value, p, [dim], keepdim));

        public Tensor dist(Tensor other, float p = 2.0f)
        {
            using var difference = Ops.Sub(Value, other.Value);
            return Result(Ops.Norm(difference, p, [], false), other);
        }

        public Tensor logsumexp(long dim, bool keepdim = false) => Result(Ops.LogSumExp(Value, dim, keepdim));

        public Tensor max() => Result(Ops.Extremum(Value, true, [], false));

        public Tensor min() => Result(Ops.Extremum(Value, false, [], false));

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Both(Ops.ExtremumAt(Value, true, dim, keepdim));

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Both(Ops.ExtremumAt(Value, false, dim, keepdim));

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Ops.Extremum(Value, true, dims, keepdim));

        public Tensor amax(params long[] dims) => amax(dims, false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Ops.Extremum(Value, false, dims, keepdim));

        public Tensor amin(params long[] dims) => amin(dims, false);

        public Tensor argmax() => FlatPositions(true);

        public Tensor argmax(long dim, bool keepdim = false) => Positions(true, dim, keepdim);

        public Tensor argmin() => FlatPositions(false);

        public Tensor argmin(long dim, bool keepdim = false) => Positions(false, dim, keepdim);

        public Tensor all() => Result(Comparing.Fold(Value, true, [], false));

        public Tensor all(long dim, bool keepdim = false) => Result(Comparing.Fold(Value, true, [dim], keepdim));

        public Tensor any() => Result(Comparing.Fold(Value, false, [], false));

        public Tensor any(long dim, bool keepdim = false) => Result(Comparing.Fold(Value, false, [dim], keepdim));

        public Tensor count_nonzero(long[]? dims = null)
        {
            using var truth = Comparing.Truth(Value);
            return Result(Ops.Sum(truth, dims ?? [], false));
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Both(Ops.Sorted(Value, dim, k, largest));

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Both(Ops.Sorted(Value, dim, Value.Rank == 0 ? 1 : size((int)dim), descending));

        public Tensor argsort(long dim = -1, bool descending = false)
        {
            var (values, positions) = sort(dim, descending);
            values.Dispose();
            return positions;
        }

        private Tensor Summed(ReadOnlySpan<long> dimensions, bool keep, ScalarType? type)
        {
            using var typed = Ops.To(Value, type ?? Value.Type);
            return Result(Ops.Sum(typed, dimensions, keep));
        }

        private Tensor SquareRoot(TensorValue variance)
        {
            using (variance)
            {
                return Result(Ops.Unary(UnaryOperation.SquareRoot, variance));
            }
        }

        private Tensor Into(Tensor? target, TensorValue result)
        {
            if (target is null)
            {
                return Result(result);
            }

            using var source = Result(result);
            return target.copy_(source);
        }

        private Tensor FlatPositions(bool largest)
        {
            using var flat = reshape(-1);
            return flat.Positions(largest, 0, false);
        }

        private Tensor Positions(bool largest, long dim, bool keep)
        {
            var (values, positions) = Reducing.Extreme(Value, largest, Shapes.Dimension(dim, Value.Rank), keep);
            values.Release();
            return Result(positions);
        }

        private (Tensor First, Tensor Second) Both((TensorValue First, TensorValue Second) values) =>
            (Result(values.First), Result(values.Second));
    }
}
