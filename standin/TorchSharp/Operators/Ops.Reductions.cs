using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    /// <summary>The sum over the dimensions listed; none means all.</summary>
    public static TensorValue Sum(TensorValue x, ReadOnlySpan<long> dimensions, bool keep)
    {
        using var summed = ElementType.IsFloating(x.Type) || x.Type == ScalarType.Int64 ? x.Shared() : Copying.Cast(x, ScalarType.Int64);
        var result = Reducing.Reduce(ReductionOperation.Sum, summed, dimensions, keep);
        if (GradMode.Records(x))
        {
            result.Record(new SumNode(x, dimensions, 1));
        }

        return result;
    }

    public static TensorValue Mean(TensorValue x, ReadOnlySpan<long> dimensions, bool keep)
    {
        TorchError.Require(
            ElementType.IsFloating(x.Type),
            $"mean() takes floating point numbers, not {ElementType.Name(x.Type)}");
        var result = Reducing.Reduce(ReductionOperation.Mean, x, dimensions, keep, double.NaN);
        if (GradMode.Records(x))
        {
            result.Record(new SumNode(x, dimensions, (double)result.Count / x.Count));
        }

        return result;
    }

    /// <summary>The largest (or smallest) of all elements, or of those along the dimensions; equal ones share the gradient.</summary>
    public static TensorValue Extremum(TensorValue x, bool largest, ReadOnlySpan<long> dimensions, bool keep)
    {
        TorchError.Require(x.Count > 0, "there is no largest or smallest of no elements");
        var result = Reducing.Reduce(largest ? ReductionOperation.Maximum : ReductionOperation.Minimum, x, dimensions, keep);
        if (GradMode.Records(x))
        {
            result.Record(new SharedExtremumNode(x, result, dimensions));
        }

        return result;
    }

    /// <summary>The largest (or smallest) elements along a dimension and their positions.</summary>
    public static (TensorValue Values, TensorValue Positions) ExtremumAt(TensorValue x, bool largest, long dimension, bool keep)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        var (values, positions) = Reducing.Extreme(x, largest, d, keep);
        if (GradMode.Records(x))
        {
            using var shaped = keep || x.Rank == 0 ? positions.Shared() : Unrecorded(positions, static (p, at) => Unsqueeze(p, at), d);
            values.Record(new PickedNode(x, shaped, d));
        }

        return (values, positions);
    }

    public static (TensorValue Values, TensorValue Positions) Sorted(TensorValue x, long dimension, long count, bool descending)
    {
        var d = Shapes.Dimension(dimension, x.Rank);
        TorchError.Require(count <= (x.Rank == 0 ? 1 : x.Shape[d]), "selected index k out of range");
        var positions = Ordering.Positions(x, d, count, descending);
        return (x.Rank == 0 ? Clone(x) : Gather(x, d, positions), positions);
    }

    public static TensorValue Variance(TensorValue x, ReadOnlySpan<long> dimensions, bool unbiased, bool keep)
    {
        using var mean = Mean(x, dimensions, true);
        using var centred = Sub(x, mean);
        using var squares = Unary(UnaryOperation.Square, centred);
        using var sum = Sum(squares, dimensions, keep);
        var count = (double)x.Count / Math.Max(sum.Count, 1);
        return Mul(sum, 1 / Math.Max(0, unbiased ? count - 1 : count));
    }

    public static TensorValue Norm(TensorValue x, double p, ReadOnlySpan<long> dimensions, bool keep)
    {
        TorchError.Require(
            ElementType.IsFloating(x.Type), $"norm() takes floating point numbers, not {ElementType.Name(x.Type)}");
        if (p == 1)
        {
            using var absolute = Unary(UnaryOperation.Absolute, x);
            return Sum(absolute, dimensions, keep);
        }

        if (double.IsInfinity(p))
        {
            using var absolute = Unary(UnaryOperation.Absolute, x);
            return Extremum(absolute, p > 0, dimensions, keep);
        }

        if (p == 0)
        {
            using var nonzero = Comparing.Compare(ComparisonOperation.NotEqual, x, 0L.ToScalar());
            using var counted = Copying.Cast(nonzero, x.Type);
            return Sum(counted, dimensions, keep);
        }

        if (p != 2)
        {
            using var absolute = Unary(UnaryOperation.Absolute, x);
            using var power = Pow(absolute, p.ToScalar());
            using var sum = Sum(power, dimensions, keep);
            return Pow(sum, (1 / p).ToScalar());
        }

        using var squares = Reducing.Reduce(ReductionOperation.SquareSum, x, dimensions, keep);
        var norm = Arithmetic.Unary(UnaryOperation.SquareRoot, squares);
        if (GradMode.Records(x))
        {
            norm.Record(new NormNode(x, norm, dimensions));
        }

        return norm;
    }

    public static TensorValue LogSumExp(TensorValue x, long dimension, bool keep)
    {
        using var largest = Reducing.Reduce(ReductionOperation.Maximum, x, [dimension], true);
        using var shifted = Sub(x, largest);
        using var powers = Unary(UnaryOperation.Exponential, shifted);
        using var sum = Sum(powers, [dimension], true);
        using var logarithm = Unary(UnaryOperation.Logarithm, sum);
        using var result = Add(logarithm, largest);
        return keep ? result.Shared() : Squeeze(result, Shapes.Dimension(dimension, x.Rank));
    }

    /// <summary>Gives a reduced value its folded dimensions back, as ones.</summary>
    private static TensorValue Unfold(TensorValue reduced, long[] shape, bool[] folded)
    {
        var kept = new long[shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            kept[i] = folded[i] ? 1 : shape[i];
        }

        return Reshape(reduced, kept);
    }

    private static TensorValue Unrecorded<TState>(TensorValue x, Func<TensorValue, TState, TensorValue> operation, TState state)
    {
        using var mode = new GradMode(false);
        return operation(x, state);
    }

    private sealed class SumNode(TensorValue x, ReadOnlySpan<long> dimensions, double factor) : GraphNode(x)
    {
        private readonly (long[] Shape, ScalarType Type) _x = (x.Shape, x.Type);
        private readonly bool[] _folded = Shapes.Selected(dimensions, x.Rank);
        private readonly double _factor = factor;

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var typed = To(gradient, _x.Type);
            using var scaled = _factor == 1 ? typed.Shared() : Mul(typed, _factor);
            using var unfolded = Unfold(scaled, _x.Shape, _folded);
            pass.Give(0, Expand(unfolded, _x.Shape));
        }
    }

    private sealed class SharedExtremumNode(TensorValue x, TensorValue result, ReadOnlySpan<long> dimensions) : GraphNode(x)
    {
        private readonly bool[] _folded = Shapes.Selected(dimensions, x.Rank);
        private SavedValue _x = SavedValue.Input(x);
        private SavedValue _result = SavedValue.Result(result);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var x = _x.Open(this);
            using var result = _result.Open(this);
            using var weight = Unrecorded((x, result), Weight);
            using var unfolded = Unfold(gradient, x.Shape, _folded);
            pass.Give(0, Mul(unfolded, weight));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _result.Release();
        }

        private static TensorValue Unrecorded(
            (TensorValue X, TensorValue Result) values, Func<TensorValue, TensorValue, TensorValue> weight)
        {
            using var mode = new GradMode(false);
            return weight(values.X, values.Result);
        }

        private TensorValue Weight(TensorValue x, TensorValue result)
        {
            using var unfolded = Unfold(result, x.Shape, _folded);
            using var equal = Comparing.Compare(ComparisonOperation.Equal, x, unfolded);
            using var mask = Copying.Cast(equal, x.Type);
            var dimensions = Enumerable.Range(0, x.Rank).Where(i => _folded[i]).Select(i => (long)i).ToArray();
            using var count = dimensions.Length == 0 ? mask.Shared() : Sum(mask, dimensions, true);
            return Div(mask, count);
        }
    }

    private sealed class PickedNode(TensorValue x, TensorValue positions, int dimension) : GraphNode(x)
    {
        private readonly long[] _shape = x.Shape;
        private readonly int _dimension = dimension;
        private SavedValue _positions = SavedValue.Input(positions);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var positions = _positions.Open(this);
            using var shaped = Reshape(gradient, positions.Shape);
            pass.Give(0, _shape.Length == 0 ? shaped.Shared() : ScatterAddInto(_shape, shaped, _dimension, positions));
        }

        protected override void ReleaseSaved() => _positions.Release();
    }

    // x / |x|, and zero where the norm is.
    private sealed class NormNode(TensorValue x, TensorValue norm, ReadOnlySpan<long> dimensions) : GraphNode(x)
    {
        private readonly bool[] _folded = Shapes.Selected(dimensions, x.Rank);
        private SavedValue _x = SavedValue.Input(x);
        private SavedValue _norm = SavedValue.Result(norm);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var x = _x.Open(this);
            using var norm = _norm.Open(this);
            using var zero = Comparing.Compare(ComparisonOperation.Equal, norm, 0L.ToScalar());
            using var ratio = Div(gradient, norm);
            using var safe = MaskedFill(ratio, zero, 0L.ToScalar());
            using var unfolded = Unfold(safe, x.Shape, _folded);
            pass.Give(0, Mul(unfolded, x));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _norm.Release();
        }
    }
}
