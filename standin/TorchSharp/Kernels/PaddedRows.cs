using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// Like <see cref="ShiftedPlanes"/> with at most one copy of the input, for output rows that are whole vectors wide. Where a vector never
/// crosses from one row to the next, padding or the kernel's width may lie between the rows, and all columns of a kernel can read the same
/// rows. Without padding that is the input itself; with it, a third of the copying for a 3×3 kernel, and more of an image in the nearest
/// cache.
/// </summary>
internal readonly unsafe struct PaddedRows : IDisposable
{
    private readonly ConvolutionShape _shape;
    private readonly int _pitch;
    private readonly int _plane;

    public PaddedRows(in ConvolutionShape shape)
    {
        _shape = shape;
        IsInput = shape is { PadHeight: 0, PadWidth: 0 };
        _pitch = shape.InWidth + 2 * shape.PadWidth;
        _plane = (shape.InHeight + 2 * shape.PadHeight) * _pitch;
        ImageSize = shape.InChannels * _plane;
        TapOffsets = (int*)BufferPool.Rent((long)TableLength * sizeof(int));
        ChannelOffsets = TapOffsets + shape.Taps;
        var offset = TapOffsets;
        for (var channel = 0; channel < shape.InChannels; channel++)
        {
            for (var row = 0; row < shape.KernelHeight; row++)
            {
                for (var column = 0; column < shape.KernelWidth; column++)
                {
                    *offset++ = channel * _plane + row * _pitch + column;
                }
            }
        }

        for (var channel = 0; channel < shape.OutChannels; channel++)
        {
            ChannelOffsets[channel] = channel * shape.OutPlane;
        }
    }

    /// <summary>Whether the input itself has this layout, so that <see cref="Gather"/> is not needed.</summary>
    public bool IsInput { get; }

    /// <summary>Floats of one image's rows.</summary>
    public int ImageSize { get; }

    /// <summary>Where what a tap multiplies starts, for the output's first pixel; taps in the order of the weights.</summary>
    public int* TapOffsets { get; }

    /// <summary>Where each channel starts in an image of the output.</summary>
    public int* ChannelOffsets { get; }

    private int TableLength => _shape.Taps + _shape.OutChannels;

    /// <summary>Whether the shape suits: rows of whole vectors and no stride.</summary>
    public static bool Suits(in ConvolutionShape shape, int vector)
        => shape is { StrideHeight: 1, StrideWidth: 1 } && shape.OutWidth % vector == 0;

    public void Dispose() => BufferPool.Return((nint)TapOffsets, (long)TableLength * sizeof(int));

    /// <summary>How far the taps of a pixel of the output lie behind those of the first.</summary>
    public int OffsetOf(int pixel) => pixel / _shape.OutWidth * _pitch + pixel % _shape.OutWidth;

    /// <summary>Copies one image. Padding is not written: the rows must have been zero before their first use.</summary>
    public void Gather(float* image, float* rows)
    {
        for (var channel = 0; channel < _shape.InChannels; channel++)
        {
            var target = rows + channel * _plane + _shape.PadHeight * _pitch + _shape.PadWidth;
            for (var row = 0; row < _shape.InHeight; row++, image += _shape.InWidth, target += _pitch)
            {
                Buffer.MemoryCopy(image, target, _shape.InWidth * sizeof(float), _shape.InWidth * sizeof(float));
            }
        }
    }
}
