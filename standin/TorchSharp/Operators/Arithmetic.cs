using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Elementwise arithmetic, unrecorded. Results go to a new value, or into one that is given.</summary>
internal static unsafe partial class Arithmetic
{
    public static TensorValue Binary(BinaryOperation operation, TensorValue x, TensorValue y, TensorValue? into = null)
    {
        var type = into?.Type ?? ResultType(operation, TypePromotion.Common(x, y));
        if (x.Type != type || y.Type != type)
        {
            using var left = Copying.Cast(x, type);
            using var right = Copying.Cast(y, type);
            return Binary(operation, left, right, into);
        }

        var result = into ?? TensorValue.Allocate(Shapes.Broadcast(x.Shape, y.Shape), type);
        if (result.Count == 0)
        {
            return result;
        }

        if (type == ScalarType.Float32 && result.IsContiguous)
        {
            if (x.IsContiguous && y.IsContiguous && x.Count == y.Count)
            {
                Elementwise.Binary(operation, x.Floats, y.Floats, result.Floats, result.Count);
            }
            else if (y.Count == 1 && x.IsContiguous)
            {
                Elementwise.Binary(operation, x.Floats, *y.Floats, result.Floats, result.Count);
            }
            else
            {
                BroadcastFloats(operation, x, y, result);
            }
        }
        else
        {
            TypedLoop.Run(type, operation.ToString(), new BinaryLoop(operation, x, y, result));
        }

        return result;
    }

    public static TensorValue Binary(BinaryOperation operation, TensorValue x, double number, TensorValue? into = null)
    {
        if (x.Type == ScalarType.Float32 && x.IsContiguous && (into is null || into.IsContiguous))
        {
            var result = into ?? TensorValue.Allocate(x.Shape);
            Elementwise.Binary(operation, x.Floats, (float)number, result.Floats, result.Count);
            return result;
        }

        using var scalar = Filling.Full(Shapes.Scalar, number, x.Type);
        return Binary(operation, x, scalar, into);
    }

    public static TensorValue Binary(BinaryOperation operation, double number, TensorValue y)
    {
        using var scalar = Filling.Full(Shapes.Scalar, number, y.Type);
        return Binary(operation, scalar, y);
    }

    /// <summary>As above, with the result's type decided by tensor and number together.</summary>
    public static TensorValue Binary(BinaryOperation operation, TensorValue x, Scalar number, TensorValue? into = null)
    {
        var type = into?.Type ?? ResultType(operation, TypePromotion.Common(x, number));
        using var input = Copying.Cast(x, type);
        if (ElementType.IsFloating(type))
        {
            return Binary(operation, input, number.Float, into);
        }

        using var scalar = Filling.Full(Shapes.Scalar, number, type);
        return Binary(operation, input, scalar, into);
    }

    public static TensorValue Unary(UnaryOperation operation, TensorValue x, TensorValue? into = null)
    {
        var type = into?.Type ?? (NeedsFloat(operation) && !ElementType.IsFloating(x.Type) ? default_dtype : x.Type);
        using var input = Copying.Cast(x, type);
        using var compact = input.Compact();
        var result = into ?? TensorValue.Allocate(x.Shape, type);
        if (type == ScalarType.Float32 && result.IsContiguous)
        {
            Elementwise.Unary(operation, compact.Floats, result.Floats, result.Count);
        }
        else
        {
            TypedLoop.Run(type, operation.ToString(), new UnaryLoop(operation, compact, result));
        }

        return result;
    }

    /// <summary>target += other, broadcast; never recorded and without a new version.</summary>
    public static void AddInto(TensorValue target, TensorValue other) => Binary(BinaryOperation.Add, target, other, target);

    /// <summary>target += scale · other, broadcast.</summary>
    public static void AddScaled(TensorValue target, TensorValue other, double scale)
    {
        if (scale == 1)
        {
            AddInto(target, other);
        }
        else if (target.Type == ScalarType.Float32 && other.Type == ScalarType.Float32
            && target.IsContiguous && other.IsContiguous && target.Count == other.Count)
        {
            Elementwise.AddScaled((float)scale, other.Floats, target.Floats, target.Count);
        }
        else
        {
            using var scaled = Binary(BinaryOperation.Multiply, other, scale);
            AddInto(target, scaled);
        }
    }

    public static TensorValue Clamp(TensorValue x, double? low, double? high, TensorValue? into = null)
    {
        if (x.Type == ScalarType.Float32 && x.IsContiguous && (into is null || into.IsContiguous))
        {
            var result = into ?? TensorValue.Allocate(x.Shape);
            Elementwise.Clamp(
                x.Floats, (float)(low ?? double.NegativeInfinity), (float)(high ?? double.PositiveInfinity), result.Floats, x.Count);
            return result;
        }

        var raised = low is { } least ? Binary(BinaryOperation.Maximum, x, least, into) : null;
        if (high is not { } most)
        {
            return raised ?? Copying.Clone(x);
        }

        var clamped = Binary(BinaryOperation.Minimum, raised ?? x, most, into);
        if (into is null)
        {
            raised?.Release();
        }

        return clamped;
    }

    private static ScalarType ResultType(BinaryOperation operation, ScalarType type) =>
        operation == BinaryOperation.Divide && !ElementType.IsFloating(type) ? default_dtype : type;

    private static bool NeedsFloat(UnaryOperation operation) => operation is
        UnaryOperation.SquareRoot or UnaryOperation.ReciprocalSquareRoot or UnaryOperation.Reciprocal or UnaryOperation.Exponential
        or UnaryOperation.Logarithm or UnaryOperation.HyperbolicTangent or UnaryOperation.Sigmoid;

    // The kernels see matrices: two inner loops at a time where their operands allow, else one.
    private static void BroadcastFloats(BinaryOperation operation, TensorValue x, TensorValue y, TensorValue result)
    {
        var nest = new LoopNest(result.Shape, result, x, y);
        var last = nest.Rank - 1;
        if (nest.Stride1[last] > 1 || nest.Stride2[last] > 1)
        {
            using var left = nest.Stride1[last] > 1 ? Expanded(x, result.Shape) : x.Shared();
            using var right = nest.Stride2[last] > 1 ? Expanded(y, result.Shape) : y.Shared();
            BroadcastFloats(operation, left, right, result);
            return;
        }

        var columns = nest.InnerSize;
        if (nest.Rank > 1 && IsMatrix(nest.Stride1[last - 1], nest.Stride1[last], columns)
            && IsMatrix(nest.Stride2[last - 1], nest.Stride2[last], columns))
        {
            do
            {
                Elementwise.Binary(
                    operation,
                    Matrix(x.Floats + nest.Offset1, nest.Stride1[last - 1], nest.Stride1[last], columns),
                    Matrix(y.Floats + nest.Offset2, nest.Stride2[last - 1], nest.Stride2[last], columns),
                    result.Floats + nest.Offset0, nest.Shape[last - 1], columns);
            }
            while (nest.MoveNext(2));
            return;
        }

        do
        {
            Elementwise.Binary(
                operation,
                Matrix(x.Floats + nest.Offset1, 0, nest.Stride1[last], columns),
                Matrix(y.Floats + nest.Offset2, 0, nest.Stride2[last], columns),
                result.Floats + nest.Offset0, 1, columns);
        }
        while (nest.MoveNext());
    }

    private static TensorValue Expanded(TensorValue value, long[] shape)
    {
        var result = TensorValue.Allocate(shape, value.Type);
        Copying.Into(result, value);
        return result;
    }

    private static bool IsMatrix(long rowStride, long columnStride, long columns) =>
        columnStride == 1 ? rowStride == columns || rowStride == 0 : rowStride is 0 or 1;

    private static Operand Matrix(float* data, long rowStride, long columnStride, long columns) =>
        columnStride == 1
            ? rowStride == 0 ? Operand.Row(data) : Operand.Full(data, columns)
            : rowStride == 0 ? Operand.Scalar(data) : Operand.Column(data);
}
