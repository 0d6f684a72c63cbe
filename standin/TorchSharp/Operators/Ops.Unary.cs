using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    public static TensorValue Relu(TensorValue x) => Unary(UnaryOperation.Relu, x);

    public static TensorValue Unary(UnaryOperation operation, TensorValue x)
    {
        if (operation == UnaryOperation.Negate)
        {
            return Neg(x);
        }

        var result = Arithmetic.Unary(operation, x);
        if (GradMode.Records(x))
        {
            result.Record(new UnaryNode(operation, x, result));
        }

        return result;
    }

    /// <summary>Whether the gradient can be had from the result, so that the operation may overwrite what it is applied to.</summary>
    public static bool NeedsResultOnly(UnaryOperation operation) =>
        operation is not (UnaryOperation.Negate or UnaryOperation.Absolute or UnaryOperation.Logarithm or UnaryOperation.Square);

    /// <summary>x = f(x), recorded, for a function that <see cref="NeedsResultOnly"/>.</summary>
    public static void UnaryInPlace(UnaryOperation operation, TensorValue x)
    {
        Arithmetic.Unary(operation, x, x);
        x.Storage.Written();
        x.Record(new UnaryNode(operation, x, x));
    }

    public static TensorValue Clamp(TensorValue x, double? low, double? high)
    {
        TorchError.Require(low is not null || high is not null, "clamp() needs a lower or an upper bound");
        var result = Arithmetic.Clamp(x, low, high);
        if (GradMode.Records(x))
        {
            using var mask = Inside(x, low, high);
            result.Record(new MaskNode(x, mask));
        }

        return result;
    }

    /// <summary>gradient · slope(y): linear in the gradient, and constant in y almost everywhere.</summary>
    private static TensorValue Gate(BinaryOperation operation, TensorValue gradient, TensorValue y)
    {
        var result = Arithmetic.Binary(operation, gradient, y);
        if (GradMode.Records(gradient))
        {
            result.Record(new GateNode(operation, gradient, y));
        }

        return result;
    }

    private static TensorValue Inside(TensorValue x, double? low, double? high)
    {
        using var above = Comparing.Compare(ComparisonOperation.GreaterOrEqual, x, (low ?? double.NegativeInfinity).ToScalar());
        using var below = Comparing.Compare(ComparisonOperation.LessOrEqual, x, (high ?? double.PositiveInfinity).ToScalar());
        using var inside = Arithmetic.Binary(BinaryOperation.Multiply, above, below);
        return Copying.Cast(inside, x.Type);
    }

    private sealed class UnaryNode : GraphNode
    {
        private readonly UnaryOperation _operation;
        private readonly ScalarType _type;
        private SavedValue _saved;

        public UnaryNode(UnaryOperation operation, TensorValue x, TensorValue result)
            : base(x)
        {
            _operation = operation;
            _type = x.Type;
            _saved = operation is UnaryOperation.Sign ? default
                : NeedsResultOnly(operation) ? SavedValue.Result(result)
                : SavedValue.Input(x);
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (_operation == UnaryOperation.Relu && gradient.Type == _type && pass.MayOverwrite(gradient))
            {
                using var result = _saved.Open(this);
                pass.Give(0, Arithmetic.Binary(BinaryOperation.ReluGradient, gradient, result, gradient.Shared()));
                return;
            }

            using var derivative = Derivative(gradient);
            pass.Give(0, To(derivative, _type));
        }

        protected override void ReleaseSaved() => _saved.Release();

        private TensorValue Derivative(TensorValue gradient)
        {
            if (_operation == UnaryOperation.Sign)
            {
                return TensorValue.Zeros(gradient.Shape, gradient.Type);
            }

            using var saved = _saved.Open(this);
            switch (_operation)
            {
                case UnaryOperation.Relu: return Gate(BinaryOperation.ReluGradient, gradient, saved);
                case UnaryOperation.Absolute: return Gate(BinaryOperation.AbsoluteGradient, gradient, saved);
                case UnaryOperation.Exponential: return Mul(gradient, saved);
                case UnaryOperation.Logarithm: return Div(gradient, saved);
                case UnaryOperation.Square: return Product(gradient, saved, 2);
                case UnaryOperation.SquareRoot:
                    {
                        using var ratio = Div(gradient, saved);
                        return Mul(ratio, 0.5);
                    }

                case UnaryOperation.Reciprocal:
                    {
                        using var square = Unary(UnaryOperation.Square, saved);
                        return Product(gradient, square, -1);
                    }

                case UnaryOperation.ReciprocalSquareRoot:
                    {
                        using var square = Unary(UnaryOperation.Square, saved);
                        using var cube = Mul(square, saved);
                        return Product(gradient, cube, -0.5);
                    }

                case UnaryOperation.HyperbolicTangent when !GradMode.Enabled:
                    return Arithmetic.Binary(BinaryOperation.TanhGradient, gradient, saved);
                case UnaryOperation.HyperbolicTangent:
                    {
                        using var square = Unary(UnaryOperation.Square, saved);
                        using var product = Mul(gradient, square);
                        return Sub(gradient, product);
                    }

                case UnaryOperation.Sigmoid when !GradMode.Enabled:
                    return Arithmetic.Binary(BinaryOperation.SigmoidGradient, gradient, saved);
                case UnaryOperation.Sigmoid:
                    {
                        using var square = Unary(UnaryOperation.Square, saved);
                        using var slope = Sub(saved, square);
                        return Mul(gradient, slope);
                    }

                default: throw new InvalidOperationException($"{_operation} has no derivative here.");
            }
        }

        private static TensorValue Product(TensorValue gradient, TensorValue slope, double factor)
        {
            using var product = Mul(gradient, slope);
            return Mul(product, factor);
        }
    }

    private sealed class GateNode(BinaryOperation operation, TensorValue gradient, TensorValue y) : GraphNode(gradient)
    {
        private readonly BinaryOperation _operation = operation;
        private SavedValue _y = SavedValue.Input(y);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var y = _y.Open(this);
            pass.Give(0, Gate(_operation, gradient, y));
        }

        protected override void ReleaseSaved() => _y.Release();
    }

    private sealed class MaskNode(TensorValue x, TensorValue mask) : GraphNode(x)
    {
        private SavedValue _mask = SavedValue.Input(mask);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var mask = _mask.Open(this);
            pass.Give(0, Mul(gradient, mask));
        }

        protected override void ReleaseSaved() => _mask.Release();
    }
}
