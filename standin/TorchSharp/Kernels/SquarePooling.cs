using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// Max pooling over windows of two by two that do not overlap, as nearly all networks have it. What a gradient needs to know is kept as one
/// byte for each window, the number of its largest pixel: 0 and 1 in the upper row, 2 and 3 in the lower one. That is an eighth of the
/// memory of positions, and turns the scattered writes of the gradient into comparisons: every pixel is written once, in order.
/// </summary>
internal static unsafe partial class SquarePooling
{
    private enum Pass
    {
        Maximum,
        Gradient,
        Gather,
    }

    /// <summary>How many bytes the codes take.</summary>
    public static long CodeBytes(long planes, int height, int width) => new SquareGrid(planes, height, width, LaneCount).CodeBytes;

    /// <summary>Maximum of each window; the first of equals, but a NaN always. <paramref name="codes"/> may be null.</summary>
    public static void Maximum(long planes, int height, int width, float* x, float* y, byte* codes)
        => Run(Pass.Maximum, planes, height, width, x, y, codes);

    /// <summary>gradInput = gradOut where a pixel was the largest of its window, else 0.</summary>
    public static void Gradient(long planes, int height, int width, float* gradOut, byte* codes, float* gradInput)
        => Run(Pass.Gradient, planes, height, width, gradInput, gradOut, codes);

    /// <summary>The pixels of x where the codes say: the derivative of <see cref="Gradient"/>.</summary>
    public static void Gather(long planes, int height, int width, float* x, byte* codes, float* y)
        => Run(Pass.Gather, planes, height, width, x, y, codes);

    private static int LaneCount
        => Lanes512.IsSupported ? Lanes512.Count : Lanes256.IsSupported ? Lanes256.Count : PortableLanes.Count;

    private static void Run(Pass pass, long planes, int height, int width, float* pixels, float* windows, byte* codes)
    {
        var grid = new SquareGrid(planes, height, width, LaneCount);
        if (Lanes512.IsSupported)
        {
            Run<Lanes512, Vector512<float>>(pass, grid, pixels, windows, codes);
        }
        else if (Lanes256.IsSupported)
        {
            Run<Lanes256, Vector256<float>>(pass, grid, pixels, windows, codes);
        }
        else
        {
            Run<PortableLanes, Vector<float>>(pass, grid, pixels, windows, codes);
        }
    }

    private static void Run<TLanes, TVector>(Pass pass, SquareGrid grid, float* pixels, float* windows, byte* codes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var cost = 4L * grid.Lanes * grid.Steps * ParallelLoop.ElementCost;
        switch (pass)
        {
            case Pass.Maximum:
                ParallelLoop.Run(new MaximumPass<TLanes, TVector>(grid, pixels, windows, codes), grid.Items, cost);
                break;
            case Pass.Gradient:
                ParallelLoop.Run(new GradientPass<TLanes, TVector>(grid, pixels, windows, codes), grid.Items, cost);
                break;
            default:
                ParallelLoop.Run(new GatherPass<TLanes, TVector>(grid, pixels, windows, codes), grid.Items, cost);
                break;
        }
    }

    /// <summary>Two vectors of pixels, of which <paramref name="count"/> exist, as their even and their odd columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Even, TVector Odd) LoadColumns<TLanes, TVector>(float* source, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var first = LoadUpTo<TLanes, TVector>(source, count);
        var second = LoadUpTo<TLanes, TVector>(source + TLanes.Count, count - TLanes.Count);
        return (TLanes.Even(first, second), TLanes.Odd(first, second));
    }

    /// <summary>The reverse of <see cref="LoadColumns"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns<TLanes, TVector>(float* destination, TVector even, TVector odd, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (first, second) = TLanes.Interleave(even, odd);
        StoreUpTo<TLanes, TVector>(destination, first, count);
        StoreUpTo<TLanes, TVector>(destination + TLanes.Count, second, count - TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadUpTo<TLanes, TVector>(float* source, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => count >= TLanes.Count ? TLanes.Load(source) : count > 0 ? TLanes.LoadPart(source, (int)count) : TLanes.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpTo<TLanes, TVector>(float* destination, TVector value, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (count >= TLanes.Count)
        {
            TLanes.Store(destination, value);
        }
        else if (count > 0)
        {
            TLanes.StorePart(destination, value, (int)count);
        }
    }

    /// <summary>
    /// In a group, the results of the upper and the lower rows alternate, a row's worth each: lane i of the group's windows comes from lane
    /// <c>upper[i]</c> and <c>lower[i]</c> of the rows, and lane t of the rows belongs to window <c>parent[t]</c>.
    /// </summary>
    private static void FillTables(in SquareGrid grid, int* upper, int* lower, int* parent, float* codes)
    {
        var columns = grid.Columns;
        for (var i = 0; i < grid.Lanes; i++)
        {
            var used = i < grid.Group * columns;
            upper[i] = used ? i / columns * 2 * columns + i % columns : 0;
            lower[i] = used ? upper[i] + columns : 0;
        }

        for (var t = 0; t < 2 * grid.Lanes; t++)
        {
            var row = t / columns;
            parent[t] = row < 2 * grid.Group ? row / 2 * columns + t % columns : 0;
            codes[t] = row % 2 * 2;
        }
    }
}
