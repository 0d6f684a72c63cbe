using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>What sums over the images and therefore is divided by channels: the gradients of weight and bias.</content>
internal static unsafe partial class Convolution
{
    /// <summary>
    /// Output pixels of the images that the weight gradient takes together: enough that adding up the lanes of a tile costs little, few
    /// enough that what a tile reads is still in the first-level cache for the next tile.
    /// </summary>
    private const int WeightGradientPixels = 768;

    /// <summary>
    /// The gradient of the weights of some input channels, which alone need to be copied into planes for it. The only channel of a grey
    /// image is not divided, but the output channels are.
    /// </summary>
    private readonly struct WeightGradientChannels<TLanes, TVector>(ConvolutionShape whole, float* x, float* gradOut, float* gradWeight)
        : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public int Count => DividesInput ? whole.InChannels : whole.OutChannels;

        private bool DividesInput => whole.InChannels > 1;

        public void Run(long start, long end)
        {
            // The order of sums follows from the whole shape, so that it is the same for any division.
            var isWide = WideWeightGradient.Suits<TLanes, TVector>(whole);
            var channels = (int)(end - start);
            var part = DividesInput ? whole with { InChannels = channels } : whole with { OutChannels = channels };
            var input = x + (DividesInput ? start * whole.InPlane : 0);
            var output = gradOut + (DividesInput ? 0 : start * whole.OutPlane);
            var gradient = gradWeight + start * (DividesInput ? whole.KernelHeight * whole.KernelWidth : whole.Taps);
            using var layout = new ShiftedPlanes(part);
            var block = isWide ? 1 : Math.Clamp(WeightGradientPixels / Math.Max(1, whole.OutPlane), 1, whole.Batch);
            var planes = RentPlanes(layout, block);
            if (isWide)
            {
                WideWeightGradient.Run<TLanes, TVector>(whole, part, layout, planes, input, output, gradient);
            }
            else
            {
                RunDots(part, layout, planes, block, input, output, gradient);
            }

            ReturnPlanes(planes, layout, block);
        }

        private void RunDots(
            in ConvolutionShape part, in ShiftedPlanes layout, float* planes, int block, float* input, float* output, float* gradient)
        {
            var inImage = (nint)whole.InChannels * whole.InPlane;
            var outImage = (nint)whole.OutChannels * whole.OutPlane;
            for (var image = 0; image < whole.Batch; image += block)
            {
                var count = Math.Min(block, whole.Batch - image);
                var source = input + image * inImage;
                for (var i = 0; i < count && !layout.IsInput; i++)
                {
                    layout.Gather<TLanes, TVector>(source + i * inImage, planes + (nint)i * layout.ImageSize);
                }

                var job = new DotTile.Job
                {
                    A = output + image * outImage,
                    ARow = whole.OutPlane,
                    ARepeat = outImage,
                    B = layout.IsInput ? source : planes,
                    BOffsets = layout.TapOffsets,
                    BRepeat = layout.IsInput ? inImage : layout.ImageSize,
                    Repeats = count,
                    Length = whole.OutPlane,
                    C = gradient,
                    CRow = whole.Taps,
                    Accumulate = image > 0,
                };
                DotTile.Run<TLanes, TVector>(job, part.OutChannels, part.Taps);
            }
        }
    }

    private readonly struct BiasGradientChannels<TLanes, TVector>(ConvolutionShape shape, float* gradOut, float* gradBias) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var pixels = shape.OutPlane;
            var imageSize = (nint)shape.OutChannels * pixels;
            for (var channel = start; channel < end; channel++)
            {
                var total = 0.0;
                var sum = TLanes.Zero;
                var pending = 0;
                var plane = gradOut + channel * pixels;
                for (var image = 0; image < shape.Batch; image++, plane += imageSize)
                {
                    var i = 0;
                    for (; i <= pixels - TLanes.Count; i += TLanes.Count)
                    {
                        sum = TLanes.Add(sum, TLanes.Load(plane + i));
                    }

                    if (i < pixels)
                    {
                        sum = TLanes.Add(sum, TLanes.LoadPart(plane + i, pixels - i));
                    }

                    // Lanes are emptied into a double before float sums lose digits, but not for each small plane.
                    pending += pixels;
                    if (pending >= ReductionLoops.Block)
                    {
                        total += TLanes.SumAsDouble(sum);
                        sum = TLanes.Zero;
                        pending = 0;
                    }
                }

                gradBias[channel] = (float)(total + TLanes.SumAsDouble(sum));
            }
        }
    }
}
