using TorchSharp.Memory;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// The two gradients of a 3×3 convolution that keeps the size of its image, by <see cref="WinogradTiles"/>: 2.25 times fewer products than
/// <see cref="Convolution"/>'s own way. Images are turned to have their channels side by side, some tiles of them are transformed to
/// matrices [tile, channel] that stay in the second-level cache, and these are multiplied. The output itself is not made like this: what
/// the additions before and after the products cost in digits is nothing to a gradient, but may tip a ReLU whose argument is next to zero.
/// </summary>
internal static unsafe class WinogradGradients
{
    /// <summary>Tiles that are transformed and multiplied together.</summary>
    private const int TileBlock = 64;

    /// <summary>
    /// Parts of a batch whose weight gradients are summed apart and then added up: a number of its own, so that the bits do not depend on
    /// how many threads there are.
    /// </summary>
    private const int BatchParts = 4;

    private const int ShortestVector = 8;

    /// <summary>
    /// Whether the shape suits: whole tiles and whole vectors of channels on either side. On short vectors the transforms cost what the
    /// products save, and the plain sums round less.
    /// </summary>
    public static bool Suits<TLanes, TVector>(in ConvolutionShape shape)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => shape is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, PadHeight: 1, PadWidth: 1 }
            && shape.Batch > 0
            && TLanes.Count >= ShortestVector
            && shape.InHeight % 2 == 0
            && shape.InWidth % 2 == 0
            && shape.InChannels % TLanes.Count == 0
            && shape.OutChannels % TLanes.Count == 0;

    /// <summary>Gradient with respect to x.</summary>
    public static void InputGradient<TLanes, TVector>(in ConvolutionShape shape, float* gradOut, float* weight, float* gradInput)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var kernels = shape.OutChannels * shape.InChannels;
        var bytes = (long)(WinogradTiles.KernelArea + WinogradTiles.Points) * kernels * sizeof(float);
        var spread = (float*)BufferPool.Rent(bytes);
        var byWeight = spread + (nint)WinogradTiles.Points * kernels;
        Transposition.Run<TLanes, TVector>(weight, WinogradTiles.KernelArea, byWeight, kernels, kernels, WinogradTiles.KernelArea);
        WinogradTiles.SpreadTurnedKernels<TLanes, TVector>(byWeight, kernels, spread, kernels);
        ParallelLoop.Run(
            new InputGradientImages<TLanes, TVector>(shape, gradOut, spread, gradInput), shape.Batch, shape.MultiplyAddsPerImage);
        BufferPool.Return((nint)spread, bytes);
    }

    /// <summary>Gradient with respect to weight, summed over a batch that is not empty.</summary>
    public static void WeightGradient<TLanes, TVector>(in ConvolutionShape shape, float* x, float* gradOut, float* gradWeight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var kernels = shape.OutChannels * shape.InChannels;
        var size = WinogradTiles.Points * kernels;
        var parts = Math.Min(BatchParts, shape.Batch);
        var bytes = ((long)parts * size + WinogradTiles.KernelArea * kernels) * sizeof(float);
        var sums = (float*)BufferPool.Rent(bytes);
        var work = new WeightGradientParts<TLanes, TVector>(shape, parts, x, gradOut, sums);
        ParallelLoop.Run(work, parts, shape.Batch * shape.MultiplyAddsPerImage / parts, partsPerThread: 1);
        for (var part = 1; part < parts; part++)
        {
            var other = sums + (nint)part * size;
            for (var i = 0; i < size; i += TLanes.Count)
            {
                TLanes.Store(sums + i, TLanes.Add(TLanes.Load(sums + i), TLanes.Load(other + i)));
            }
        }

        var byWeight = sums + (nint)parts * size;
        WinogradTiles.GatherKernels<TLanes, TVector>(sums, kernels, kernels, byWeight);
        Transposition.Run<TLanes, TVector>(byWeight, kernels, gradWeight, WinogradTiles.KernelArea, WinogradTiles.KernelArea, kernels);
        BufferPool.Return((nint)sums, bytes);
    }

    private readonly struct InputGradientImages<TLanes, TVector>(
        ConvolutionShape shape, float* gradOut, float* kernels, float* gradInput) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var (inChannels, outChannels) = (shape.InChannels, shape.OutChannels);
            using var source = new WinogradImages(shape, outChannels, isPadded: true, TileBlock);
            using var target = new WinogradImages(shape, inChannels, isPadded: false, TileBlock);
            var bOffsets = stackalloc int[outChannels];
            var cOffsets = stackalloc int[TileBlock];
            WriteMultiples(bOffsets, outChannels, inChannels);
            WriteMultiples(cOffsets, TileBlock, inChannels);
            for (var image = start; image < end; image += source.Group)
            {
                var images = (int)Math.Min(source.Group, end - image);
                source.Enter<TLanes, TVector>(gradOut + image * outChannels * shape.OutPlane, images);
                for (var tile = 0; tile < images * source.Tiles; tile += TileBlock)
                {
                    var count = Math.Min(TileBlock, images * source.Tiles - tile);
                    source.Spread<TLanes, TVector>(tile, count);
                    Multiply(source, target, count, bOffsets, cOffsets);
                    target.Gather<TLanes, TVector>(tile, count);
                }

                target.Leave<TLanes, TVector>(gradInput + image * inChannels * shape.InPlane, images);
            }
        }

        private void Multiply(in WinogradImages source, in WinogradImages target, int tiles, int* bOffsets, int* cOffsets)
        {
            var (inChannels, outChannels) = (shape.InChannels, shape.OutChannels);
            var isNarrow = NarrowProduct.Suits<TLanes, TVector>(tiles, outChannels, inChannels);
            for (var point = 0; point < WinogradTiles.Points; point++)
            {
                var kernel = kernels + (nint)point * outChannels * inChannels;
                if (isNarrow)
                {
                    NarrowProduct.Run<TLanes, TVector>(
                        tiles, outChannels, inChannels, source.Matrix(point), kernel, target.Matrix(point));
                    continue;
                }

                var job = new OuterTile.Job
                {
                    A = source.Matrix(point),
                    ARow = outChannels,
                    AStep = 1,
                    BOffsets = bOffsets,
                    Depth = outChannels,
                    COffsets = cOffsets,
                };
                for (var channel = 0; channel < inChannels; channel += 2 * TLanes.Count)
                {
                    OuterTile.RunColumn<TLanes, TVector>(
                        job,
                        tiles,
                        kernel + channel,
                        target.Matrix(point) + channel,
                        Math.Min(2 * TLanes.Count, inChannels - channel));
                }
            }
        }
    }

    private readonly struct WeightGradientParts<TLanes, TVector>(
        ConvolutionShape shape, int parts, float* x, float* gradOut, float* sums) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            var (inChannels, outChannels) = (shape.InChannels, shape.OutChannels);
            using var input = new WinogradImages(shape, inChannels, isPadded: true, TileBlock);
            using var output = new WinogradImages(shape, outChannels, isPadded: false, TileBlock);
            var bOffsets = stackalloc int[TileBlock];
            var cOffsets = stackalloc int[outChannels];
            WriteMultiples(bOffsets, TileBlock, inChannels);
            WriteMultiples(cOffsets, outChannels, inChannels);
            for (var part = start; part < end; part++)
            {
                var first = shape.Batch * part / parts;
                var next = shape.Batch * (part + 1) / parts;
                var target = sums + (nint)part * WinogradTiles.Points * outChannels * inChannels;
                for (var image = first; image < next; image += input.Group)
                {
                    var images = (int)Math.Min(input.Group, next - image);
                    input.Enter<TLanes, TVector>(x + image * inChannels * shape.InPlane, images);
                    output.Enter<TLanes, TVector>(gradOut + image * outChannels * shape.OutPlane, images);
                    for (var tile = 0; tile < images * input.Tiles; tile += TileBlock)
                    {
                        var count = Math.Min(TileBlock, images * input.Tiles - tile);
                        input.Spread<TLanes, TVector>(tile, count);
                        output.SpreadOutput<TLanes, TVector>(tile, count);
                        Multiply(input, output, count, bOffsets, cOffsets, target, image > first || tile > 0);
                    }
                }
            }
        }

        private void Multiply(
            in WinogradImages input, in WinogradImages output, int tiles, int* bOffsets, int* cOffsets, float* target, bool accumulate)
        {
            var (inChannels, outChannels) = (shape.InChannels, shape.OutChannels);
            for (var point = 0; point < WinogradTiles.Points; point++)
            {
                var job = new OuterTile.Job
                {
                    A = output.Matrix(point),
                    ARow = 1,
                    AStep = outChannels,
                    BOffsets = bOffsets,
                    Depth = tiles,
                    COffsets = cOffsets,
                    Accumulate = accumulate,
                };
                for (var channel = 0; channel < inChannels; channel += 2 * TLanes.Count)
                {
                    OuterTile.RunColumn<TLanes, TVector>(
                        job,
                        outChannels,
                        input.Matrix(point) + channel,
                        target + (nint)point * outChannels * inChannels + channel,
                        Math.Min(2 * TLanes.Count, inChannels - channel));
                }
            }
        }
    }

    private static void WriteMultiples(int* table, int count, int factor)
    {
        for (var i = 0; i < count; i++)
        {
            table[i] = i * factor;
        }
    }
}
