using TorchSharp.Memory;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>What is computed image by image: the output and the gradient of the input.</content>
internal static unsafe partial class Convolution
{
    /// <summary>
    /// Fewest taps of an output that are summed at once. Whole input channels are, so that small kernels make short chunks: an output next
    /// to zero decides whether ReLU passes it, so that its last digits count more than those of a gradient. Twice as long, rounding would
    /// grow where there are few channels; half as long, the additions of chunks would show in the time.
    /// </summary>
    private const int FewestChunkTaps = 18;

    private static float* RentPlanes(in ShiftedPlanes layout, int images) => layout.IsInput ? null : RentCleared(images * layout.ImageSize);

    private static void ReturnPlanes(float* planes, in ShiftedPlanes layout, int images)
        => ReturnCleared(planes, images * layout.ImageSize);

    private static float* RentCleared(int count)
    {
        var memory = (float*)BufferPool.Rent((long)count * sizeof(float));
        new Span<float>(memory, count).Clear();
        return memory;
    }

    private static void ReturnCleared(float* memoryOrNull, int count)
    {
        if (memoryOrNull != null)
        {
            BufferPool.Return((nint)memoryOrNull, (long)count * sizeof(float));
        }
    }

    /// <summary>The product weights · taps, one tile of pixels after the other.</summary>
    private static OuterTile.Job OutputJob(
        in ConvolutionShape shape, float* weight, float* biasOrNull, int* tapOffsets, int* channelOffsets, float* chunkSums)
    {
        var area = shape.KernelHeight * shape.KernelWidth;
        return new OuterTile.Job
        {
            A = weight,
            ARow = shape.Taps,
            AStep = 1,
            BOffsets = tapOffsets,
            Depth = shape.Taps,
            ChunkDepth = (FewestChunkTaps + area - 1) / area * area,
            ChunkSums = chunkSums,
            COffsets = channelOffsets,
            Bias = biasOrNull,
        };
    }

    private readonly struct ForwardImages<TLanes, TVector>(
        ConvolutionShape shape, ShiftedPlanes layout, float* x, float* weight, float* biasOrNull, float* y) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var planes = RentPlanes(layout, 1);
            var chunkSums = stackalloc float[2 * TLanes.OuterRows * TLanes.Count];
            var job = OutputJob(shape, weight, biasOrNull, layout.TapOffsets, layout.ChannelOffsets, chunkSums);
            var pixels = shape.OutPlane;
            var width = 2 * TLanes.Count;
            for (var image = start; image < end; image++)
            {
                var source = x + image * shape.InChannels * shape.InPlane;
                var target = y + image * shape.OutChannels * pixels;
                if (!layout.IsInput)
                {
                    layout.Gather<TLanes, TVector>(source, planes);
                    source = planes;
                }

                for (var pixel = 0; pixel < pixels; pixel += width)
                {
                    OuterTile.RunColumn<TLanes, TVector>(
                        job, shape.OutChannels, source + pixel, target + pixel, Math.Min(width, pixels - pixel));
                }
            }

            ReturnPlanes(planes, layout, 1);
        }
    }

    /// <summary>Without a copy for each kernel column, over <see cref="InputRows"/>.</summary>
    private readonly struct ForwardRows<TLanes, TVector>(
        ConvolutionShape shape, InputRows layout, float* x, float* weight, float* biasOrNull, float* y) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var padded = layout.IsInput ? null : RentCleared(layout.ImageSize);
            var chunkSums = stackalloc float[2 * TLanes.OuterRows * TLanes.Count];
            var job = OutputJob(shape, weight, biasOrNull, layout.TapOffsets, layout.ChannelOffsets, chunkSums);
            for (var image = start; image < end; image++)
            {
                var source = x + image * shape.InChannels * shape.InPlane;
                var target = y + image * shape.OutChannels * shape.OutPlane;
                if (!layout.IsInput)
                {
                    layout.Pad<TLanes, TVector>(source, padded);
                    source = padded;
                }

                for (var pixel = 0; pixel < shape.OutPlane; pixel += 2 * TLanes.Count)
                {
                    var (left, right) = (layout.OffsetOf(pixel), layout.OffsetOf(pixel + TLanes.Count));
                    OuterTile.RunColumn<TLanes, TVector>(
                        job, shape.OutChannels, source + left, right - left, target + pixel,
                        Math.Min(2 * TLanes.Count, shape.OutPlane - pixel));
                }
            }

            ReturnCleared(padded, layout.ImageSize);
        }
    }

    private readonly struct InputGradientImages<TLanes, TVector>(
        ConvolutionShape shape, ShiftedPlanes layout, float* gradOut, float* weight, float* gradInput) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var planes = RentPlanes(layout, 1);
            var job = new OuterTile.Job
            {
                A = weight,
                ARow = 1,
                AStep = shape.Taps,
                BOffsets = layout.ChannelOffsets,
                Depth = shape.OutChannels,
                COffsets = layout.TapOffsets,
                Accumulate = true,
            };
            var pixels = shape.OutPlane;
            var width = 2 * TLanes.Count;
            for (var image = start; image < end; image++)
            {
                var source = gradOut + image * shape.OutChannels * pixels;
                var input = gradInput + image * shape.InChannels * shape.InPlane;
                var target = layout.IsInput ? input : planes;
                new Span<float>(target, layout.ImageSize).Clear();
                for (var pixel = 0; pixel < pixels; pixel += width)
                {
                    OuterTile.RunColumn<TLanes, TVector>(job, shape.Taps, source + pixel, target + pixel, Math.Min(width, pixels - pixel));
                }

                if (!layout.IsInput)
                {
                    layout.Scatter<TLanes, TVector>(planes, input);
                }
            }

            ReturnPlanes(planes, layout, 1);
        }
    }
}
