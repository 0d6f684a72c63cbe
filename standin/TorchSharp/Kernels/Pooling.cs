using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// Max and average pooling over planes of pixels with windows of any size, pixel by pixel. The windows that nearly all networks have go to
/// <see cref="SquarePooling"/>.
/// </summary>
internal static unsafe partial class Pooling
{
    /// <summary>Maximum of each window, and its flat position within its input plane. Padding never wins; a NaN always does. <paramref name="indices"/> may be null.</summary>
    public static void MaxForward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* x, float* y, long* indices)
    {
        var shape = new PoolingShape(height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth);
        ParallelLoop.Run(new MaximumPlanes(shape, x, y, indices), planes, shape.PlaneCost);
    }

    /// <summary>gradInput = 0, then gradInput[plane, indices] += gradOut.</summary>
    public static void MaxBackward(long planes, int inPlane, int outPlane, float* gradOut, long* indices, float* gradInput)
        => ParallelLoop.Run(
            new MaximumGradientPlanes(inPlane, outPlane, gradOut, indices, gradInput), planes, (long)inPlane * ParallelLoop.ElementCost);

    /// <summary>y = x[plane, indices]: the derivative of <see cref="MaxBackward"/>.</summary>
    public static void MaxGather(long planes, int inPlane, int outPlane, float* x, long* indices, float* y)
    {
        for (long plane = 0; plane < planes; plane++, y += outPlane, indices += outPlane, x += inPlane)
        {
            for (var i = 0; i < outPlane; i++)
            {
                y[i] = x[indices[i]];
            }
        }
    }

    /// <summary>Mean of each window; padding counts as zeros and, unless told otherwise, in the divisor.</summary>
    public static void AverageForward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* x, float* y, bool countPadding = true)
    {
        var shape = new PoolingShape(height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth);
        ParallelLoop.Run(new AveragePlanes(shape, x, y, countPadding), planes, shape.PlaneCost);
    }

    /// <summary>Spreads each gradient evenly over its window.</summary>
    public static void AverageBackward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* gradOut, float* gradInput, bool countPadding = true)
    {
        var shape = new PoolingShape(height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth);
        ParallelLoop.Run(new AverageGradientPlanes(shape, gradOut, gradInput, countPadding), planes, shape.PlaneCost);
    }
}
