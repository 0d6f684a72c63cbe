using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// The weight gradient of a convolution whose output channels fill whole vectors. There each image is small and its channels are many, so
/// that adding up the lanes of <see cref="DotTile"/> would cost as much as the products. Instead the output gradient is turned to have its
/// channels side by side, and the gradient [kernel row, in channel · kernel column, out channel] is a product for each kernel row: the
/// planes that one kernel row multiplies lie at equal distances.
/// </summary>
internal static unsafe class WideWeightGradient
{
    /// <summary>Pixels summed at once: that many rows of the turned gradient, two vectors wide, fit the first-level cache.</summary>
    private const int PixelBlock = 256;

    /// <summary>Whether the shape suits: whole vectors of channels, and enough taps to pay for turning the output gradient.</summary>
    public static bool Suits<TLanes, TVector>(in ConvolutionShape shape)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => shape.OutChannels >= TLanes.Count
            && shape.OutChannels % TLanes.Count == 0
            && shape.Taps >= 8 * TLanes.OuterRows;

    /// <summary>
    /// Gradient with respect to the weight of some channels, summed over a batch that is not empty. The pointers are to the first of these
    /// channels; <paramref name="planes"/> holds their part of one image.
    /// </summary>
    public static void Run<TLanes, TVector>(
        in ConvolutionShape whole,
        in ConvolutionShape part,
        in ShiftedPlanes layout,
        float* planes,
        float* x,
        float* gradOut,
        float* gradWeight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var pixels = part.OutPlane;
        var channels = part.OutChannels;
        var rows = part.InChannels * part.KernelWidth;
        var bytes = (long)(pixels * channels + part.Taps * channels + PixelBlock + rows) * sizeof(float);
        var turned = (float*)BufferPool.Rent(bytes);
        var sums = turned + pixels * channels;
        var bOffsets = (int*)(sums + part.Taps * channels);
        var cOffsets = bOffsets + PixelBlock;
        WriteMultiples(bOffsets, PixelBlock, channels);
        WriteMultiples(cOffsets, rows, channels);
        for (var image = 0; image < part.Batch; image++)
        {
            var source = x;
            if (!layout.IsInput)
            {
                layout.Gather<TLanes, TVector>(x, planes);
                source = planes;
            }

            Transposition.Run<TLanes, TVector>(gradOut, pixels, turned, channels, channels, pixels);
            for (var pixel = 0; pixel < pixels; pixel += PixelBlock)
            {
                for (var kernelRow = 0; kernelRow < part.KernelHeight; kernelRow++)
                {
                    var job = new OuterTile.Job
                    {
                        A = source + layout.TapOffsets[kernelRow * part.KernelWidth] + pixel,
                        ARow = layout.PlaneSize,
                        AStep = 1,
                        BOffsets = bOffsets,
                        Depth = Math.Min(PixelBlock, pixels - pixel),
                        COffsets = cOffsets,
                        Accumulate = image > 0 || pixel > 0,
                    };
                    for (var channel = 0; channel < channels; channel += 2 * TLanes.Count)
                    {
                        OuterTile.RunColumn<TLanes, TVector>(
                            job,
                            rows,
                            turned + pixel * channels + channel,
                            sums + kernelRow * rows * channels + channel,
                            Math.Min(2 * TLanes.Count, channels - channel));
                    }
                }
            }

            x += (nint)whole.InChannels * whole.InPlane;
            gradOut += (nint)whole.OutChannels * pixels;
        }

        var area = part.KernelHeight * part.KernelWidth;
        Strided.Copy(
            sums,
            [1, (long)part.KernelWidth * channels, (long)rows * channels, channels],
            gradWeight,
            [whole.Taps, area, part.KernelWidth, 1],
            [channels, part.InChannels, part.KernelHeight, part.KernelWidth]);
        BufferPool.Return((nint)turned, bytes);
    }

    private static void WriteMultiples(int* table, int count, int factor)
    {
        for (var i = 0; i < count; i++)
        {
            table[i] = i * factor;
        }
    }
}
