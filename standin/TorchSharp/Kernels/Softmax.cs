using System.Numerics;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>
/// Softmax and its logarithm over the last axis, with first-order gradients. Rows are short (one class a column), so each is kept in the
/// first-level cache while it is read two or three times.
/// </summary>
internal static unsafe class Softmax
{
    /// <summary>y = exp(x − max) / Σ exp(x − max) in each row.</summary>
    public static void Rows(float* x, float* y, long rows, long columns)
    {
        for (long row = 0; row < rows; row++, x += columns, y += columns)
        {
            var max = Reductions.All(ReductionOperation.Maximum, x, columns);
            Elementwise.Binary(BinaryOperation.Subtract, x, max, y, columns);
            Elementwise.Unary(UnaryOperation.Exponential, y, y, columns);
            Elementwise.Binary(BinaryOperation.Divide, y, (float)Reductions.Sum(y, columns), y, columns);
        }
    }

    /// <summary>gradInput = y · (gradOut − Σ gradOut · y) in each row.</summary>
    public static void RowsGradient(float* y, float* gradOut, float* gradInput, long rows, long columns)
    {
        for (long row = 0; row < rows; row++, y += columns, gradOut += columns, gradInput += columns)
        {
            var product = Reductions.Dot(y, gradOut, columns);
            var shifted = new ShiftedProduct(product);
            ElementwiseLoops.Zip(shifted, Operand.Full(gradOut, columns), Operand.Full(y, columns), gradInput, 1, columns);
        }
    }

    /// <summary>y = x − max − log Σ exp(x − max) in each row.</summary>
    public static void LogRows(float* x, float* y, long rows, long columns)
    {
        for (long row = 0; row < rows; row++, x += columns, y += columns)
        {
            var max = Reductions.All(ReductionOperation.Maximum, x, columns);
            Elementwise.Binary(BinaryOperation.Subtract, x, max, y, columns);
            Elementwise.Binary(BinaryOperation.Subtract, y, (float)Math.Log(SumExponentials(y, columns)), y, columns);
        }
    }

    /// <summary>gradInput = gradOut − exp(y) · Σ gradOut in each row, y the log-softmax.</summary>
    public static void LogRowsGradient(float* y, float* gradOut, float* gradInput, long rows, long columns)
    {
        for (long row = 0; row < rows; row++, y += columns, gradOut += columns, gradInput += columns)
        {
            var sum = (float)Reductions.Sum(gradOut, columns);
            ElementwiseLoops.Zip(
                new LessScaledExponential(sum), Operand.Full(gradOut, columns), Operand.Full(y, columns), gradInput, 1, columns);
        }
    }

    private static double SumExponentials(float* x, long count)
    {
        if (Lanes512.IsSupported)
        {
            return SumExponentials<Lanes512, Vector512<float>>(x, count);
        }

        return Lanes256.IsSupported
            ? SumExponentials<Lanes256, Vector256<float>>(x, count)
            : SumExponentials<PortableLanes, Vector<float>>(x, count);
    }

    private static double SumExponentials<TLanes, TVector>(float* x, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var total = 0.0;
        var lanes = stackalloc float[TLanes.Count];
        for (long i = 0; i < count; i += TLanes.Count)
        {
            var used = (int)Math.Min(TLanes.Count, count - i);
            TLanes.Store(lanes, Exponential.Of<TLanes, TVector>(TLanes.LoadPart(x + i, used)));
            for (var lane = 0; lane < used; lane++)
            {
                total += lanes[lane];
            }
        }

        return total;
    }

    /// <summary>y · (x − product).</summary>
    private readonly struct ShiftedProduct(float product) : IBinaryOperator
    {
        public TVector Apply<TLanes, TVector>(TVector x, TVector y)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Multiply(y, TLanes.Subtract(x, TLanes.Broadcast(product)));
    }

    /// <summary>x − factor · exp(y).</summary>
    private readonly struct LessScaledExponential(float factor) : IBinaryOperator
    {
        public TVector Apply<TLanes, TVector>(TVector x, TVector y)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Subtract(x, TLanes.Multiply(TLanes.Broadcast(factor), Exponential.Of<TLanes, TVector>(y)));
    }
}
