namespace TorchSharp.Kernels;

/// <summary>
/// Elementwise kernels by name of operation; <see cref="ElementwiseLoops"/> has the loops and <c>ElementwiseOperators.cs</c> the
/// arithmetic. Results may overwrite an argument of the same shape. An element's result depends neither on its position nor on alignment.
/// </summary>
internal static unsafe class Elementwise
{
    /// <summary>result = operation(x).</summary>
    public static void Unary(UnaryOperation operation, float* x, float* result, long count)
    {
        switch (operation)
        {
            case UnaryOperation.Negate: ElementwiseLoops.Map(default(Negation), x, result, count); break;
            case UnaryOperation.Absolute: ElementwiseLoops.Map(default(AbsoluteValue), x, result, count); break;
            case UnaryOperation.Sign: ElementwiseLoops.Map(default(SignOf), x, result, count); break;
            case UnaryOperation.SquareRoot: ElementwiseLoops.Map(default(SquareRoot), x, result, count); break;
            case UnaryOperation.ReciprocalSquareRoot: ElementwiseLoops.Map(default(ReciprocalSquareRoot), x, result, count); break;
            case UnaryOperation.Reciprocal: ElementwiseLoops.Map(default(ReciprocalOf), x, result, count); break;
            case UnaryOperation.Exponential: ElementwiseLoops.Map(default(ExponentialOf), x, result, count); break;
            case UnaryOperation.Logarithm: ElementwiseLoops.Map(default(LogarithmOf), x, result, count); break;
            case UnaryOperation.HyperbolicTangent: ElementwiseLoops.MapScalars(&MathF.Tanh, x, result, count); break;
            case UnaryOperation.Sigmoid: ElementwiseLoops.Map(default(SigmoidOf), x, result, count); break;
            case UnaryOperation.Square: ElementwiseLoops.Map(default(SquareOf), x, result, count); break;
            case UnaryOperation.Relu: ElementwiseLoops.Map(default(ReluOf), x, result, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    /// <summary>result = operation(x, y) for arrays of the same shape.</summary>
    public static void Binary(BinaryOperation operation, float* x, float* y, float* result, long count)
        => Binary(operation, Operand.Full(x, count), Operand.Full(y, count), result, 1, count);

    /// <summary>result = operation(x, scalar).</summary>
    public static void Binary(BinaryOperation operation, float* x, float scalar, float* result, long count)
    {
        if (operation == BinaryOperation.Power && PowerAsUnary(scalar) is { } unary)
        {
            Unary(unary, x, result, count);
            return;
        }

        Binary(operation, Operand.Full(x, count), Operand.Scalar(&scalar), result, 1, count);
    }

    /// <summary>result = operation(scalar, x).</summary>
    public static void Binary(BinaryOperation operation, float scalar, float* x, float* result, long count)
        => Binary(operation, Operand.Scalar(&scalar), Operand.Full(x, count), result, 1, count);

    /// <summary>result[rows, columns] = operation(x, y) with broadcasting along rows or columns.</summary>
    public static void Binary(BinaryOperation operation, Operand x, Operand y, float* result, long rows, long columns)
    {
        switch (operation)
        {
            case BinaryOperation.Add: ElementwiseLoops.Zip(default(Addition), x, y, result, rows, columns); break;
            case BinaryOperation.Subtract: ElementwiseLoops.Zip(default(Subtraction), x, y, result, rows, columns); break;
            case BinaryOperation.Multiply: ElementwiseLoops.Zip(default(Multiplication), x, y, result, rows, columns); break;
            case BinaryOperation.Divide: ElementwiseLoops.Zip(default(Division), x, y, result, rows, columns); break;
            case BinaryOperation.Minimum: ElementwiseLoops.Zip(default(Minimum), x, y, result, rows, columns); break;
            case BinaryOperation.Maximum: ElementwiseLoops.Zip(default(Maximum), x, y, result, rows, columns); break;
            case BinaryOperation.Power: ElementwiseLoops.ZipScalars(&MathF.Pow, x, y, result, rows, columns); break;
            case BinaryOperation.ReluGradient: ElementwiseLoops.Zip(default(ReluGradient), x, y, result, rows, columns); break;
            case BinaryOperation.SigmoidGradient: ElementwiseLoops.Zip(default(SigmoidGradient), x, y, result, rows, columns); break;
            case BinaryOperation.TanhGradient: ElementwiseLoops.Zip(default(TanhGradient), x, y, result, rows, columns); break;
            case BinaryOperation.AbsoluteGradient: ElementwiseLoops.Zip(default(AbsoluteGradient), x, y, result, rows, columns); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    /// <summary>result = 1 where the comparison holds, else 0.</summary>
    public static void Compare(ComparisonOperation operation, Operand x, Operand y, byte* result, long rows, long columns)
    {
        switch (operation)
        {
            case ComparisonOperation.Equal: ElementwiseLoops.Compare<EqualTo>(x, y, result, rows, columns); break;
            case ComparisonOperation.NotEqual: ElementwiseLoops.Compare<NotEqualTo>(x, y, result, rows, columns); break;
            case ComparisonOperation.Less: ElementwiseLoops.Compare<LessThan>(x, y, result, rows, columns); break;
            case ComparisonOperation.LessOrEqual: ElementwiseLoops.Compare<LessThanOrEqualTo>(x, y, result, rows, columns); break;
            case ComparisonOperation.Greater: ElementwiseLoops.Compare<LessThan>(y, x, result, rows, columns); break;
            case ComparisonOperation.GreaterOrEqual: ElementwiseLoops.Compare<LessThanOrEqualTo>(y, x, result, rows, columns); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    /// <summary>result = condition ? x : y.</summary>
    public static void Where(byte* condition, Operand x, Operand y, float* result, long rows, long columns)
    {
        for (long row = 0; row < rows; row++)
        {
            var xRow = x.Data + row * x.RowStride;
            var yRow = y.Data + row * y.RowStride;
            var xStep = x.RepeatsAlongRow ? 0 : 1;
            var yStep = y.RepeatsAlongRow ? 0 : 1;
            for (long column = 0; column < columns; column++, xRow += xStep, yRow += yStep)
            {
                *result++ = *condition++ != 0 ? *xRow : *yRow;
            }
        }
    }

    /// <summary>result = min(max(x, low), high); a NaN stays.</summary>
    public static void Clamp(float* x, float low, float high, float* result, long count)
        => ElementwiseLoops.Map(new Clamping(low, high), x, result, count);

    /// <summary>result = x &gt; bound ? x : value; a NaN stays.</summary>
    public static void Threshold(float* x, float bound, float value, float* result, long count)
        => ElementwiseLoops.Map(new Thresholding(bound, value), x, result, count);

    /// <summary>Sets all elements.</summary>
    public static void Fill(float* result, float value, long count)
    {
        for (; count > 0; count -= int.MaxValue, result += int.MaxValue)
        {
            new Span<float>(result, (int)Math.Min(count, int.MaxValue)).Fill(value);
        }
    }

    /// <summary>Copies elements between arrays that do not overlap.</summary>
    public static void Copy(float* source, float* destination, long count)
        => Buffer.MemoryCopy(source, destination, count * sizeof(float), count * sizeof(float));

    /// <summary>y += a · x.</summary>
    public static void AddScaled(float a, float* x, float* y, long count)
        => ElementwiseLoops.Zip(new ScaledAddition(a), Operand.Full(y, count), Operand.Full(x, count), y, 1, count);

    /// <summary>result = x + weight · (y − x).</summary>
    public static void Lerp(float* x, float* y, float weight, float* result, long count)
        => ElementwiseLoops.Zip(new Interpolation(weight), Operand.Full(x, count), Operand.Full(y, count), result, 1, count);

    private static UnaryOperation? PowerAsUnary(float exponent) => exponent switch
    {
        2f => UnaryOperation.Square,
        0.5f => UnaryOperation.SquareRoot,
        -0.5f => UnaryOperation.ReciprocalSquareRoot,
        -1f => UnaryOperation.Reciprocal,
        _ => null,
    };
}
