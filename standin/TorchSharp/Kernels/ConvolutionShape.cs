namespace TorchSharp.Kernels;

/// <summary>Sizes of a two-dimensional convolution without dilation or groups, batch first, channels before pixels.</summary>
internal readonly record struct ConvolutionShape(
    int Batch,
    int InChannels,
    int InHeight,
    int InWidth,
    int OutChannels,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PadHeight,
    int PadWidth)
{
    /// <summary>Rows of an output plane.</summary>
    public int OutHeight => (InHeight + 2 * PadHeight - KernelHeight) / StrideHeight + 1;

    /// <summary>Columns of an output plane.</summary>
    public int OutWidth => (InWidth + 2 * PadWidth - KernelWidth) / StrideWidth + 1;

    /// <summary>Pixels of an input plane.</summary>
    public int InPlane => InHeight * InWidth;

    /// <summary>Pixels of an output plane.</summary>
    public int OutPlane => OutHeight * OutWidth;

    /// <summary>Weights that feed one output pixel: input channels times kernel area.</summary>
    public int Taps => InChannels * KernelHeight * KernelWidth;

    /// <summary>Work of an image, in either direction.</summary>
    public long MultiplyAddsPerImage => (long)OutChannels * OutPlane * Taps;
}
