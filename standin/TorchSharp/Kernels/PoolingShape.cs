using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>Sizes of a pooling of planes of pixels.</summary>
internal readonly record struct PoolingShape(
    int Height,
    int Width,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PadHeight,
    int PadWidth)
{
    /// <summary>Rows of an output plane.</summary>
    public int OutHeight => (Height + 2 * PadHeight - KernelHeight) / StrideHeight + 1;

    /// <summary>Columns of an output plane.</summary>
    public int OutWidth => (Width + 2 * PadWidth - KernelWidth) / StrideWidth + 1;

    /// <summary>Pixels of an input plane.</summary>
    public int InPlane => Height * Width;

    /// <summary>Pixels of an output plane.</summary>
    public int OutPlane => OutHeight * OutWidth;

    /// <summary>What a plane costs in the unit of <see cref="ParallelLoop"/>.</summary>
    public long PlaneCost => (long)Math.Max(InPlane, OutPlane * KernelHeight * KernelWidth) * ParallelLoop.ElementCost;
}
