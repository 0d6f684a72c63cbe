using System.Numerics;
using System.Runtime.Intrinsics;
using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// Two-dimensional convolution and its two gradients, image by image as products over <see cref="ShiftedPlanes"/>. With the weights seen as
/// a matrix [out channels, taps] and the planes as [taps, pixels]: the output is weights · planes, the gradient of the planes is
/// weightsᵀ · output gradient (written straight to where the taps' runs lie), and the gradient of the weights is output gradient · planesᵀ.
/// The three are closed under differentiation, so second derivatives need no others.
/// </summary>
internal static unsafe class Convolution
{
    /// <summary>
    /// Output pixels of the images that the weight gradient takes together: enough that adding up the lanes of a tile costs little, few
    /// enough that what a tile reads is still in the first-level cache for the next tile.
    /// </summary>
    private const int WeightGradientPixels = 768;

    /// <summary>
    /// Fewest taps of an output that are summed at once. Whole input channels are, so that small kernels make short chunks: an output next
    /// to zero decides whether ReLU passes it, so that its last digits count more than those of a gradient.
    /// </summary>
    private const int FewestChunkTaps = 9;

    /// <summary>y[batch, out, oh, ow] = conv(x[batch, in, h, w], weight[out, in, kh, kw]) + bias (null: none).</summary>
    public static void Forward(in ConvolutionShape shape, float* x, float* weight, float* biasOrNull, float* y)
    {
        if (Lanes512.IsSupported)
        {
            Forward<Lanes512, Vector512<float>>(shape, x, weight, biasOrNull, y);
        }
        else if (Lanes256.IsSupported)
        {
            Forward<Lanes256, Vector256<float>>(shape, x, weight, biasOrNull, y);
        }
        else
        {
            Forward<PortableLanes, Vector<float>>(shape, x, weight, biasOrNull, y);
        }
    }

    /// <summary>Gradient with respect to x.</summary>
    public static void InputGradient(in ConvolutionShape shape, float* gradOut, float* weight, float* gradInput)
    {
        if (Lanes512.IsSupported)
        {
            InputGradient<Lanes512, Vector512<float>>(shape, gradOut, weight, gradInput);
        }
        else if (Lanes256.IsSupported)
        {
            InputGradient<Lanes256, Vector256<float>>(shape, gradOut, weight, gradInput);
        }
        else
        {
            InputGradient<PortableLanes, Vector<float>>(shape, gradOut, weight, gradInput);
        }
    }

    /// <summary>Gradient with respect to weight, summed over the batch.</summary>
    public static void WeightGradient(in ConvolutionShape shape, float* x, float* gradOut, float* gradWeight)
    {
        if (Lanes512.IsSupported)
        {
            WeightGradient<Lanes512, Vector512<float>>(shape, x, gradOut, gradWeight);
        }
        else if (Lanes256.IsSupported)
        {
            WeightGradient<Lanes256, Vector256<float>>(shape, x, gradOut, gradWeight);
        }
        else
        {
            WeightGradient<PortableLanes, Vector<float>>(shape, x, gradOut, gradWeight);
        }
    }

    /// <summary>Gradient with respect to bias: the sum of gradOut over batch and pixels.</summary>
    public static void BiasGradient(in ConvolutionShape shape, float* gradOut, float* gradBias)
    {
        if (Lanes512.IsSupported)
        {
            BiasGradient<Lanes512, Vector512<float>>(shape, gradOut, gradBias);
        }
        else if (Lanes256.IsSupported)
        {
            BiasGradient<Lanes256, Vector256<float>>(shape, gradOut, gradBias);
        }
        else
        {
            BiasGradient<PortableLanes, Vector<float>>(shape, gradOut, gradBias);
        }
    }

    private static void Forward<TLanes, TVector>(in ConvolutionShape shape, float* x, float* weight, float* biasOrNull, float* y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        using var layout = new ShiftedPlanes(shape);
        var planes = RentPlanes(layout, 1);
        var area = shape.KernelHeight * shape.KernelWidth;
        var chunkSums = stackalloc float[2 * TLanes.OuterRows * TLanes.Count];
        var job = new OuterTile.Job
        {
            A = weight,
            ARow = shape.Taps,
            AStep = 1,
            BOffsets = layout.TapOffsets,
            Depth = shape.Taps,
            ChunkDepth = (FewestChunkTaps + area - 1) / area * area,
            ChunkSums = chunkSums,
            COffsets = layout.ChannelOffsets,
            Bias = biasOrNull,
        };
        var width = 2 * TLanes.Count;
        for (var image = 0; image < shape.Batch; image++)
        {
            var source = x;
            if (!layout.IsInput)
            {
                layout.Gather<TLanes, TVector>(x, planes);
                source = planes;
            }

            for (var pixel = 0; pixel < shape.OutPlane; pixel += width)
            {
                OuterTile.RunColumn<TLanes, TVector>(
                    job, shape.OutChannels, source + pixel, y + pixel, Math.Min(width, shape.OutPlane - pixel));
            }

            x += (nint)shape.InChannels * shape.InPlane;
            y += (nint)shape.OutChannels * shape.OutPlane;
        }

        ReturnPlanes(planes, layout, 1);
    }

    private static void InputGradient<TLanes, TVector>(in ConvolutionShape shape, float* gradOut, float* weight, float* gradInput)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        using var layout = new ShiftedPlanes(shape);
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
        var width = 2 * TLanes.Count;
        for (var image = 0; image < shape.Batch; image++)
        {
            var target = layout.IsInput ? gradInput : planes;
            new Span<float>(target, layout.ImageSize).Clear();
            for (var pixel = 0; pixel < shape.OutPlane; pixel += width)
            {
                OuterTile.RunColumn<TLanes, TVector>(
                    job, shape.Taps, gradOut + pixel, target + pixel, Math.Min(width, shape.OutPlane - pixel));
            }

            if (!layout.IsInput)
            {
                layout.Scatter<TLanes, TVector>(planes, gradInput);
            }

            gradInput += (nint)shape.InChannels * shape.InPlane;
            gradOut += (nint)shape.OutChannels * shape.OutPlane;
        }

        ReturnPlanes(planes, layout, 1);
    }

    private static void WeightGradient<TLanes, TVector>(in ConvolutionShape shape, float* x, float* gradOut, float* gradWeight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        using var layout = new ShiftedPlanes(shape);
        var block = Math.Clamp(WeightGradientPixels / Math.Max(1, shape.OutPlane), 1, Math.Max(1, shape.Batch));
        var planes = RentPlanes(layout, block);
        if (shape.Batch == 0)
        {
            new Span<float>(gradWeight, shape.OutChannels * shape.Taps).Clear();
        }
        else if (WideWeightGradient.Suits<TLanes, TVector>(shape))
        {
            WideWeightGradient.Run<TLanes, TVector>(shape, layout, planes, x, gradOut, gradWeight);
            ReturnPlanes(planes, layout, block);
            return;
        }

        for (var image = 0; image < shape.Batch; image += block)
        {
            var count = Math.Min(block, shape.Batch - image);
            var source = x + (nint)image * shape.InChannels * shape.InPlane;
            if (!layout.IsInput)
            {
                for (var i = 0; i < count; i++)
                {
                    var from = source + (nint)i * shape.InChannels * shape.InPlane;
                    layout.Gather<TLanes, TVector>(from, planes + (nint)i * layout.ImageSize);
                }

                source = planes;
            }

            var job = new DotTile.Job
            {
                A = gradOut + (nint)image * shape.OutChannels * shape.OutPlane,
                ARow = shape.OutPlane,
                ARepeat = (nint)shape.OutChannels * shape.OutPlane,
                B = source,
                BOffsets = layout.TapOffsets,
                BRepeat = layout.ImageSize,
                Repeats = count,
                Length = shape.OutPlane,
                C = gradWeight,
                CRow = shape.Taps,
                Accumulate = image > 0,
            };
            DotTile.Run<TLanes, TVector>(job, shape.OutChannels, shape.Taps);
        }

        ReturnPlanes(planes, layout, block);
    }

    private static void BiasGradient<TLanes, TVector>(in ConvolutionShape shape, float* gradOut, float* gradBias)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var pixels = shape.OutPlane;
        var imageSize = (nint)shape.OutChannels * pixels;
        for (var channel = 0; channel < shape.OutChannels; channel++)
        {
            var total = 0.0;
            var sum = TLanes.Zero;
            var pending = 0;
            var plane = gradOut + (nint)channel * pixels;
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

    private static float* RentPlanes(in ShiftedPlanes layout, int images)
    {
        if (layout.IsInput)
        {
            return null;
        }

        var bytes = (long)images * layout.ImageSize * sizeof(float);
        var planes = (float*)BufferPool.Rent(bytes);
        new Span<byte>(planes, (int)bytes).Clear();
        return planes;
    }

    private static void ReturnPlanes(float* planes, in ShiftedPlanes layout, int images)
    {
        if (planes != null)
        {
            BufferPool.Return((nint)planes, (long)images * layout.ImageSize * sizeof(float));
        }
    }
}
