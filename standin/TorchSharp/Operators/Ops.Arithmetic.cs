using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>
/// The differentiable operations. Each computes its result at once and, when recording is on and an operand
/// asks for gradients, attaches the node that knows the way back.
/// </summary>
internal static partial class Ops
{
    public static TensorValue Add(TensorValue a, TensorValue b, double scale = 1)
    {
        TensorValue result;
        if (scale == 1)
        {
            result = Arithmetic.Binary(BinaryOperation.Add, a, b);
        }
        else if (scale == -1)
        {
            result = Arithmetic.Binary(BinaryOperation.Subtract, a, b);
        }
        else if (a.Type == b.Type && Shapes.CanExpand(b.Shape, a.Shape))
        {
            result = Copying.Clone(a);
            Arithmetic.AddScaled(result, b, scale);
        }
        else
        {
            using var scaled = Arithmetic.Binary(BinaryOperation.Multiply, b, scale);
            result = Arithmetic.Binary(BinaryOperation.Add, a, scaled);
        }

        if (GradMode.Records(a, b))
        {
            result.Record(new AddNode(a, b, scale));
        }

        return result;
    }

    /// <summary>a += scale · b, recorded: no gradient depends on what was in a, so that nothing need be copied.</summary>
    public static void AddInPlace(TensorValue a, TensorValue b, double scale)
    {
        var node = new AddNode(a, b, scale);
        Arithmetic.AddScaled(a, b, scale);
        a.Storage.Written();
        a.Record(node);
    }

    public static TensorValue Sub(TensorValue a, TensorValue b) => Add(a, b, -1);

    public static TensorValue Mul(TensorValue a, TensorValue b)
    {
        var result = Arithmetic.Binary(BinaryOperation.Multiply, a, b);
        if (GradMode.Records(a, b))
        {
            result.Record(new MulNode(a, b));
        }

        return result;
    }

    public static TensorValue Div(TensorValue a, TensorValue b)
    {
        var result = Arithmetic.Binary(BinaryOperation.Divide, a, b);
        if (GradMode.Records(a, b))
        {
            result.Record(new DivNode(a, b));
        }

        return result;
    }

    public static TensorValue AddScalar(TensorValue a, Scalar number)
    {
        var result = Arithmetic.Binary(BinaryOperation.Add, a, number);
        if (GradMode.Records(a))
        {
            result.Record(new AddNode(a));
        }

        return result;
    }

    public static TensorValue Mul(TensorValue a, double factor)
    {
        var result = Arithmetic.Binary(BinaryOperation.Multiply, a, factor);
        if (GradMode.Records(a))
        {
            result.Record(new ScaleNode(a, factor));
        }

        return result;
    }

    public static TensorValue MulScalar(TensorValue a, Scalar factor)
    {
        var result = Arithmetic.Binary(BinaryOperation.Multiply, a, factor);
        if (GradMode.Records(a))
        {
            result.Record(new ScaleNode(a, factor.Float));
        }

        return result;
    }

    public static TensorValue DivScalar(TensorValue a, Scalar divisor)
    {
        var result = Arithmetic.Binary(BinaryOperation.Divide, a, divisor);
        if (GradMode.Records(a))
        {
            result.Record(new ScaleNode(a, 1 / divisor.Float));
        }

        return result;
    }

    public static TensorValue Neg(TensorValue a)
    {
        TorchError.Require(a.Type != ScalarType.Bool, "truth values have no negative");
        var result = Arithmetic.Unary(UnaryOperation.Negate, a);
        if (GradMode.Records(a))
        {
            result.Record(new ScaleNode(a, -1));
        }

        return result;
    }

    /// <summary>a + value · b · c.</summary>
    public static TensorValue AddCMul(TensorValue a, TensorValue b, TensorValue c, double value)
    {
        using var product = Mul(b, c);
        return Add(a, product, value);
    }

    /// <summary>a + value · b / c.</summary>
    public static TensorValue AddCDiv(TensorValue a, TensorValue b, TensorValue c, double value)
    {
        TorchError.Require(
            ElementType.IsFloating(b.Type) || ElementType.IsFloating(c.Type),
            "addcdiv() does not divide integers");
        using var quotient = Div(b, c);
        return Add(a, quotient, value);
    }

    /// <summary>Sums a gradient over the dimensions along which an operand was broadcast.</summary>
    public static TensorValue Conform(TensorValue gradient, long[] shape, ScalarType type)
    {
        if (gradient.Type != type)
        {
            using var converted = To(gradient, type);
            return Conform(converted, shape, type);
        }

        if (Shapes.Same(gradient.Shape, shape))
        {
            return gradient.Shared();
        }

        var extra = gradient.Rank - shape.Length;
        var dimensions = new List<long>();
        for (var i = 0; i < gradient.Rank; i++)
        {
            if (i < extra || (shape[i - extra] == 1 && gradient.Shape[i] != 1))
            {
                dimensions.Add(i);
            }
        }

        using var sum = dimensions.Count == 0 ? gradient.Shared() : Sum(gradient, dimensions.ToArray(), true);
        return Reshape(sum, shape);
    }

    private sealed class AddNode(TensorValue a, TensorValue? b = null, double scale = 1) : GraphNode(a, b)
    {
        private readonly (long[] Shape, ScalarType Type) _a = (a.Shape, a.Type);
        private readonly (long[] Shape, ScalarType Type) _b = b is null ? default : (b.Shape, b.Type);
        private readonly double _scale = scale;

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                pass.Give(0, Conform(gradient, _a.Shape, _a.Type));
            }

            if (InputCount > 1 && pass.Wants(1))
            {
                if (_scale == 1)
                {
                    pass.Give(1, Conform(gradient, _b.Shape, _b.Type));
                    return;
                }

                // Summed first, so that the multiplication is done on the smaller of the two.
                using var sum = Conform(gradient, _b.Shape, _b.Type);
                pass.Give(1, Mul(sum, _scale));
            }
        }
    }

    private sealed class ScaleNode(TensorValue a, double factor) : GraphNode(a)
    {
        private readonly ScalarType _type = a.Type;
        private readonly double _factor = factor;

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var scaled = _factor == -1 ? Neg(gradient) : Mul(gradient, _factor);
            pass.Give(0, To(scaled, _type));
        }
    }

    private sealed class MulNode : GraphNode
    {
        private readonly (long[] Shape, ScalarType Type) _aKind;
        private readonly (long[] Shape, ScalarType Type) _bKind;
        private SavedValue _a;
        private SavedValue _b;

        public MulNode(TensorValue a, TensorValue b)
            : base(a, b)
        {
            (_aKind, _bKind) = ((a.Shape, a.Type), (b.Shape, b.Type));
            _a = Needs(1) ? SavedValue.Input(a) : default;
            _b = Needs(0) ? SavedValue.Input(b) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var b = _b.Open(this);
                using var product = Mul(gradient, b);
                pass.Give(0, Conform(product, _aKind.Shape, _aKind.Type));
            }

            if (pass.Wants(1))
            {
                using var a = _a.Open(this);
                using var product = Mul(gradient, a);
                pass.Give(1, Conform(product, _bKind.Shape, _bKind.Type));
            }
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }
    }

    private sealed class DivNode : GraphNode
    {
        private readonly (long[] Shape, ScalarType Type) _aKind;
        private readonly (long[] Shape, ScalarType Type) _bKind;
        private SavedValue _a;
        private SavedValue _b;

        public DivNode(TensorValue a, TensorValue b)
            : base(a, b)
        {
            (_aKind, _bKind) = ((a.Shape, a.Type), (b.Shape, b.Type));
            _a = Needs(1) ? SavedValue.Input(a) : default;
            _b = SavedValue.Input(b);
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var b = _b.Open(this);
            using var quotient = Div(gradient, b);
            if (pass.Wants(0))
            {
                pass.Give(0, Conform(quotient, _aKind.Shape, _aKind.Type));
            }

            if (pass.Wants(1))
            {
                using var a = _a.Open(this);
                using var ratio = Div(a, b);
                using var product = Mul(quotient, ratio);
                using var negative = Neg(product);
                pass.Give(1, Conform(negative, _bKind.Shape, _bKind.Type));
            }
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }
    }
}
