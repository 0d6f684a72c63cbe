using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// A convolution read straight from the rows of its input. Without stride, and with an output of whole vectors, what a tap multiplies is a
/// vector of an input row, and all taps of a pixel move on by the same distance: so far the input is as good as <see cref="ShiftedPlanes"/>,
/// except that rows of the output are not as long as those of the input. Where there is padding, each row is copied once, to where the zeros
/// between one row and the next serve both.
/// </summary>
internal readonly unsafe struct InputRows : IDisposable
{
    /// <summary>
    /// Vectors of this length and more are so wide that a tile waits for its products rather than for reads that straddle two lines of the
    /// cache, as two in three of a padded copy do. Shorter ones are better off with a copy for each kernel column.
    /// </summary>
    private const int WideVector = 16;

    private readonly ConvolutionShape _shape;
    private readonly int _pitch;
    private readonly int _planeSize;
    private readonly int _lead;

    public InputRows(in ConvolutionShape shape, int vector)
    {
        _shape = shape;
        IsInput = shape is { PadHeight: 0, PadWidth: 0 };
        _lead = RoundUp(shape.PadWidth, vector);
        _pitch = IsInput ? shape.InWidth : RoundUp(shape.InWidth + shape.PadWidth, vector);
        _planeSize = (shape.InHeight + 2 * shape.PadHeight) * _pitch;
        TapOffsets = (int*)BufferPool.Rent((long)TableLength * sizeof(int));
        ChannelOffsets = TapOffsets + shape.Taps;
        var offset = TapOffsets;
        for (var channel = 0; channel < shape.InChannels; channel++)
        {
            for (var row = 0; row < shape.KernelHeight; row++)
            {
                for (var column = 0; column < shape.KernelWidth; column++)
                {
                    *offset++ = _lead + channel * _planeSize + row * _pitch + column - shape.PadWidth;
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

    /// <summary>Whether no copy is needed.</summary>
    public bool IsInput { get; }

    /// <summary>Floats of one image's padded copy.</summary>
    public int ImageSize => _lead + _shape.InChannels * _planeSize;

    private int TableLength => _shape.Taps + _shape.OutChannels;

    /// <summary>Whether the shape suits.</summary>
    public static bool Suits(in ConvolutionShape shape, int vector)
        => shape is { StrideHeight: 1, StrideWidth: 1 }
            && shape.OutWidth % vector == 0
            && (vector >= WideVector || shape is { PadHeight: 0, PadWidth: 0 });

    public void Dispose() => BufferPool.Return((nint)TapOffsets, (long)TableLength * sizeof(int));

    /// <summary>How far the taps of a pixel of the output lie behind those of the first.</summary>
    public int OffsetOf(int pixel) => pixel / _shape.OutWidth * _pitch + pixel % _shape.OutWidth;

    /// <summary>Copies one image. Padding is not written: the copy must have been zero before its first use.</summary>
    public void Pad<TLanes, TVector>(float* image, float* padded)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var width = _shape.InWidth;
        for (var channel = 0; channel < _shape.InChannels; channel++)
        {
            var target = padded + _lead + channel * _planeSize + _shape.PadHeight * _pitch;
            for (var row = 0; row < _shape.InHeight; row++, image += width, target += _pitch)
            {
                var i = 0;
                for (; i <= width - TLanes.Count; i += TLanes.Count)
                {
                    TLanes.Store(target + i, TLanes.Load(image + i));
                }

                if (i < width)
                {
                    TLanes.Store(target + i, TLanes.LoadPart(image + i, width - i));
                }
            }
        }
    }

    private static int RoundUp(int count, int vector) => (count + vector - 1) / vector * vector;
}
