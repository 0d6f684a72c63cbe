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
        => shape.OutChannels >= 2 * TLanes.Count
            && shape.OutChannels % TLanes.Count == 0
            && shape.Taps >= 8 * TLanes.OuterRows;

    /// <summary>Gradient with respect to weight, summed over a batch that is not empty; <paramref name="planes"/> holds one image.</summary>
    public static void Run<TLanes, TVector>(
        in ConvolutionShape shape, in ShiftedPlanes layout, float* planes, float* x, float* gradOut, float* gradWeight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var pixels = shape.OutPlane;
        var channels = shape.OutChannels;
        var rows = shape.InChannels * shape.KernelWidth;
        var bytes = (long)(pixels * channels + shape.Taps * channels + PixelBlock + rows) * sizeof(float);
        var turned = (float*)BufferPool.Rent(bytes);
        var sums = turned + pixels * channels;
        var bOffsets = (int*)(sums + shape.Taps * channels);
        var cOffsets = bOffsets + PixelBlock;
        WriteMultiples(bOffsets, PixelBlock, channels);
        WriteMultiples(cOffsets, rows, channels);
        for (var image = 0; image < shape.Batch; image++)
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
                for (var kernelRow = 0; kernelRow < shape.KernelHeight; kernelRow++)
                {
                    var job = new OuterTile.Job
                    {
                        A = source + layout.TapOffsets[kernelRow * shape.KernelWidth] + pixel,
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

            x += (nint)shape.InChannels * shape.InPlane;
            gradOut += (nint)channels * pixels;
        }

        var area = shape.KernelHeight * shape.KernelWidth;
        Strided.Copy(
            sums,
            [1, (long)shape.KernelWidth * channels, (long)rows * channels, channels],
            gradWeight,
            [shape.Taps, area, shape.KernelWidth, 1],
            [channels, shape.InChannels, shape.KernelHeight, shape.KernelWidth]);
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
