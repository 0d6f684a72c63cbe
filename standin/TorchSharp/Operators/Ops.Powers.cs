using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    public static TensorValue Pow(TensorValue x, Scalar exponent)
    {
        if (exponent.Float == 2)
        {
            return Unary(UnaryOperation.Square, x);
        }

        if (exponent.Float == 1)
        {
            return MulScalar(x, 1L.ToScalar());
        }

        var result = exponent.Float == 0.5 && ElementType.IsFloating(x.Type)
            ? Arithmetic.Unary(UnaryOperation.SquareRoot, x)
            : Arithmetic.Binary(BinaryOperation.Power, x, exponent);
        if (GradMode.Records(x))
        {
            result.Record(new PowerNode(x, exponent.Float));
        }

        return result;
    }

    /// <summary>x to the power of another tensor, by logarithm where that needs a gradient.</summary>
    public static TensorValue Pow(TensorValue x, TensorValue exponent)
    {
        var result = Arithmetic.Binary(BinaryOperation.Power, x, exponent);
        if (GradMode.Records(x, exponent))
        {
            result.Record(new PowerOfNode(x, exponent, result));
        }

        return result;
    }

    public static TensorValue Extremum(BinaryOperation operation, TensorValue a, TensorValue b)
    {
        var result = Arithmetic.Binary(operation, a, b);
        if (GradMode.Records(a, b))
        {
            result.Record(new ExtremumNode(operation, a, b));
        }

        return result;
    }

    private sealed class PowerNode(TensorValue x, double exponent) : GraphNode(x)
    {
        private readonly double _exponent = exponent;
        private SavedValue _x = SavedValue.Input(x);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var x = _x.Open(this);
            if (_exponent == 0)
            {
                pass.Give(0, TensorValue.Zeros(x.Shape, x.Type));
                return;
            }

            using var power = Pow(x, (_exponent - 1).ToScalar());
            using var slope = Mul(power, _exponent);
            using var product = Mul(gradient, slope);
            pass.Give(0, To(product, x.Type));
        }

        protected override void ReleaseSaved() => _x.Release();
    }

    private sealed class PowerOfNode(TensorValue x, TensorValue exponent, TensorValue result) : GraphNode(x, exponent)
    {
        private SavedValue _x = SavedValue.Input(x);
        private SavedValue _exponent = SavedValue.Input(exponent);
        private SavedValue _result = SavedValue.Result(result);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var x = _x.Open(this);
            using var exponent = _exponent.Open(this);
            if (pass.Wants(0))
            {
                using var lower = AddScalar(exponent, (-1.0).ToScalar());
                using var power = Pow(x, lower);
                using var slope = Mul(power, exponent);
                using var product = Mul(gradient, slope);
                pass.Give(0, Conform(product, x.Shape, x.Type));
            }

            if (pass.Wants(1))
            {
                using var result = _result.Open(this);
                using var logarithm = Unary(UnaryOperation.Logarithm, x);
                using var slope = Mul(result, logarithm);
                using var product = Mul(gradient, slope);
                pass.Give(1, Conform(product, exponent.Shape, exponent.Type));
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _exponent.Release();
            _result.Release();
        }
    }

    // Where both are equal, each gets half of the gradient.
    private sealed class ExtremumNode(BinaryOperation operation, TensorValue a, TensorValue b) : GraphNode(a, b)
    {
        private readonly ComparisonOperation _wins =
            operation == BinaryOperation.Maximum ? ComparisonOperation.Greater : ComparisonOperation.Less;

        private SavedValue _a = SavedValue.Input(a);
        private SavedValue _b = SavedValue.Input(b);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var a = _a.Open(this);
            using var b = _b.Open(this);
            Share(0, a, b, gradient, pass);
            Share(1, b, a, gradient, pass);
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }

        private void Share(int input, TensorValue own, TensorValue other, TensorValue gradient, BackwardPass pass)
        {
            if (!pass.Wants(input))
            {
                return;
            }

            using var wins = Comparing.Compare(_wins, own, other);
            using var ties = Comparing.Compare(ComparisonOperation.Equal, own, other);
            using var weight = Copying.Cast(wins, gradient.Type);
            using var half = Copying.Cast(ties, gradient.Type);
            Arithmetic.AddScaled(weight, half, 0.5);
            using var product = Mul(gradient, weight);
            pass.Give(input, Conform(product, own.Shape, own.Type));
        }
    }
}
