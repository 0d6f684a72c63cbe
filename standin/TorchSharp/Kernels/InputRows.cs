using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// What <see cref="ShiftedPlanes"/> does for any convolution, without a copy, for one with neither padding nor stride whose output rows are
/// whole vectors wide: a vector then never crosses from one row to the next, and every tap reads the rows of the input where they lie. With
/// padding it does not pay: the reads of a padded copy straddle cache lines, which costs more than two further copies that do not.
/// </summary>
internal readonly unsafe struct InputRows : IDisposable
{
    private readonly ConvolutionShape _shape;

    public InputRows(in ConvolutionShape shape)
    {
        _shape = shape;
        TapOffsets = (int*)BufferPool.Rent((long)TableLength * sizeof(int));
        ChannelOffsets = TapOffsets + shape.Taps;
        var offset = TapOffsets;
        for (var channel = 0; channel < shape.InChannels; channel++)
        {
            for (var row = 0; row < shape.KernelHeight; row++)
            {
                for (var column = 0; column < shape.KernelWidth; column++)
                {
                    *offset++ = channel * shape.InPlane + row * shape.InWidth + column;
                }
            }
        }

        for (var channel = 0; channel < shape.OutChannels; channel++)
        {
            ChannelOffsets[channel] = channel * shape.OutPlane;
        }
    }

    /// <summary>Where what a tap multiplies starts, for the output's first pixel; taps in the order of the weights.</summary>
    public int* TapOffsets { get; }

    /// <summary>Where each channel starts in an image of the output.</summary>
    public int* ChannelOffsets { get; }

    private int TableLength => _shape.Taps + _shape.OutChannels;

    /// <summary>Whether the shape suits.</summary>
    public static bool Suits(in ConvolutionShape shape, int vector)
        => shape is { StrideHeight: 1, StrideWidth: 1, PadHeight: 0, PadWidth: 0 } && shape.OutWidth % vector == 0;

    public void Dispose() => BufferPool.Return((nint)TapOffsets, (long)TableLength * sizeof(int));

    /// <summary>How far the taps of a pixel of the output lie behind those of the first.</summary>
    public int OffsetOf(int pixel) => pixel / _shape.OutWidth * _shape.InWidth + pixel % _shape.OutWidth;
}
