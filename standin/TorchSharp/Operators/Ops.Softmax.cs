using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static unsafe partial class Ops
{
    public static TensorValue Softmax(TensorValue x, long dimension, bool logarithm)
    {
        TorchError.Require(
            ElementType.IsFloating(x.Type), $"softmax takes floating point numbers, not {ElementType.Name(x.Type)}");
        var d = Shapes.Dimension(dimension, x.Rank);
        if (x.Rank > 0 && d != x.Rank - 1)
        {
            using var turned = Transpose(x, d, -1);
            using var result = Softmax(turned, -1, logarithm);
            return Transpose(result, d, -1);
        }

        if (x.Type != ScalarType.Float32)
        {
            return SoftmaxByParts(x, logarithm);
        }

        var y = TensorValue.Allocate(x.Shape);
        var (rows, columns) = RowsOf(x);
        using (var input = x.Compact())
        {
            if (logarithm)
            {
                Kernels.Softmax.LogRows(input.Floats, y.Floats, rows, columns);
            }
            else
            {
                Kernels.Softmax.Rows(input.Floats, y.Floats, rows, columns);
            }
        }

        if (GradMode.Records(x))
        {
            y.Record(new SoftmaxNode(x, y, logarithm));
        }

        return y;
    }

    private static TensorValue SoftmaxByParts(TensorValue x, bool logarithm)
    {
        using var sum = LogSumExp(x, -1, true);
        var result = Sub(x, sum);
        if (logarithm)
        {
            return result;
        }

        using (result)
        {
            return Unary(UnaryOperation.Exponential, result);
        }
    }

    private static (long Rows, long Columns) RowsOf(TensorValue x)
    {
        var columns = x.Rank == 0 ? 1 : x.Shape[^1];
        return (columns == 0 ? 0 : x.Count / columns, columns);
    }

    /// <summary>The gradient of a (log-)softmax from its result y, in one sweep; differentiable in both arguments.</summary>
    private static TensorValue SoftmaxGradient(TensorValue gradient, TensorValue y, bool logarithm)
    {
        var result = TensorValue.Allocate(y.Shape);
        var (rows, columns) = RowsOf(y);
        using (var outer = gradient.Compact())
        {
            if (logarithm)
            {
                Kernels.Softmax.LogRowsGradient(y.Floats, outer.Floats, result.Floats, rows, columns);
            }
            else
            {
                Kernels.Softmax.RowsGradient(y.Floats, outer.Floats, result.Floats, rows, columns);
            }
        }

        if (GradMode.Records(gradient, y))
        {
            result.Record(logarithm ? new LogSoftmaxGradientNode(gradient, y) : new SoftmaxGradientNode(gradient, y));
        }

        return result;
    }

    private static TensorValue SumOfProducts(TensorValue a, TensorValue b)
    {
        using var product = Mul(a, b);
        return Sum(product, [-1], true);
    }

    private sealed class SoftmaxNode(TensorValue x, TensorValue y, bool logarithm) : GraphNode(x)
    {
        private readonly bool _logarithm = logarithm;
        private SavedValue _y = SavedValue.Result(y);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var y = _y.Open(this);
            pass.Give(0, SoftmaxGradient(gradient, y, _logarithm));
        }

        protected override void ReleaseSaved() => _y.Release();
    }

    // r = g − s·Σg with s = exp(y): for a gradient v of r, that of g is v − Σ(v·s), that of y is −s·Σg·v.
    private sealed class LogSoftmaxGradientNode(TensorValue gradient, TensorValue y) : GraphNode(gradient, y)
    {
        private SavedValue _gradient = SavedValue.Input(gradient);
        private SavedValue _y = SavedValue.Input(y);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var y = _y.Open(this);
            using var share = Unary(UnaryOperation.Exponential, y);
            using var weighted = Mul(gradient, share);
            if (pass.Wants(0))
            {
                using var sum = Sum(weighted, [-1], true);
                pass.Give(0, Sub(gradient, sum));
            }

            if (pass.Wants(1))
            {
                using var outer = _gradient.Open(this);
                using var sum = Sum(outer, [-1], true);
                using var product = Mul(weighted, sum);
                pass.Give(1, Neg(product));
            }
        }

        protected override void ReleaseSaved()
        {
            _gradient.Release();
            _y.Release();
        }
    }

    // r = s·(g − Σ(g·s)): for v, that of g is s·(v − Σ(v·s)), that of s is v·(g − Σ(g·s)) − g·Σ(v·s).
    private sealed class SoftmaxGradientNode(TensorValue gradient, TensorValue y) : GraphNode(gradient, y)
    {
        private SavedValue _gradient = SavedValue.Input(gradient);
        private SavedValue _y = SavedValue.Input(y);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var y = _y.Open(this);
            if (pass.Wants(0))
            {
                pass.Give(0, SoftmaxGradient(gradient, y, false));
            }

            if (pass.Wants(1))
            {
                using var outer = _gradient.Open(this);
                using var level = SumOfProducts(outer, y);
                using var centred = Sub(outer, level);
                using var first = Mul(gradient, centred);
                using var weight = SumOfProducts(gradient, y);
                using var second = Mul(outer, weight);
                pass.Give(1, Sub(first, second));
            }
        }

        protected override void ReleaseSaved()
        {
            _gradient.Release();
            _y.Release();
        }
    }
}
