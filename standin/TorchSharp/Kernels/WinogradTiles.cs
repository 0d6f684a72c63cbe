using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// The linear maps of Winograd's F(2×2, 3×3): a tile of 2×2 outputs of a 3×3 kernel is made with 16 products of transformed values instead
/// of 36. Vectors run over channels, so that one tile is a handful of additions whatever the size of the image; the 16 values of a tile go
/// to 16 matrices a constant distance apart, which are then multiplied as usual.
/// </summary>
internal static unsafe class WinogradTiles
{
    /// <summary>Values of a transformed tile, and thus matrices.</summary>
    public const int Points = 16;

    /// <summary>Weights of a kernel.</summary>
    public const int KernelArea = 9;

    /// <summary>Bᵀ·d·B of the 4×4 pixels from <paramref name="from"/> on, for the lanes of one vector of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread<TLanes, TVector>(float* from, nint row, nint column, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        SpreadColumn<TLanes, TVector>(from, row, out var v00, out var v10, out var v20, out var v30);
        SpreadColumn<TLanes, TVector>(from + column, row, out var v01, out var v11, out var v21, out var v31);
        SpreadColumn<TLanes, TVector>(from + 2 * column, row, out var v02, out var v12, out var v22, out var v32);
        SpreadColumn<TLanes, TVector>(from + 3 * column, row, out var v03, out var v13, out var v23, out var v33);
        SpreadRow<TLanes, TVector>(v00, v01, v02, v03, to, distance);
        SpreadRow<TLanes, TVector>(v10, v11, v12, v13, to + 4 * distance, distance);
        SpreadRow<TLanes, TVector>(v20, v21, v22, v23, to + 8 * distance, distance);
        SpreadRow<TLanes, TVector>(v30, v31, v32, v33, to + 12 * distance, distance);
    }

    /// <summary>Aᵀ·m·A: the 2×2 pixels from <paramref name="to"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather<TLanes, TVector>(float* from, nint distance, float* to, nint row, nint column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        GatherColumn<TLanes, TVector>(from, distance, out var upper0, out var lower0);
        GatherColumn<TLanes, TVector>(from + distance, distance, out var upper1, out var lower1);
        GatherColumn<TLanes, TVector>(from + 2 * distance, distance, out var upper2, out var lower2);
        GatherColumn<TLanes, TVector>(from + 3 * distance, distance, out var upper3, out var lower3);
        TLanes.Store(to, TLanes.Add(TLanes.Add(upper0, upper1), upper2));
        TLanes.Store(to + column, TLanes.Subtract(TLanes.Subtract(upper1, upper2), upper3));
        TLanes.Store(to + row, TLanes.Add(TLanes.Add(lower0, lower1), lower2));
        TLanes.Store(to + row + column, TLanes.Subtract(TLanes.Subtract(lower1, lower2), lower3));
    }

    /// <summary>A·y·Aᵀ, the adjoint of <see cref="Gather"/>, of the 2×2 pixels from <paramref name="from"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SpreadOutput<TLanes, TVector>(float* from, nint row, nint column, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var upper0 = TLanes.Load(from);
        var upper1 = TLanes.Load(from + column);
        var lower0 = TLanes.Load(from + row);
        var lower1 = TLanes.Load(from + row + column);
        SpreadOutputRow<TLanes, TVector>(upper0, upper1, to, distance);
        SpreadOutputRow<TLanes, TVector>(TLanes.Add(upper0, lower0), TLanes.Add(upper1, lower1), to + 4 * distance, distance);
        SpreadOutputRow<TLanes, TVector>(
            TLanes.Subtract(upper0, lower0), TLanes.Subtract(upper1, lower1), to + 8 * distance, distance);
        SpreadOutputRow<TLanes, TVector>(TLanes.Negate(lower0), TLanes.Negate(lower1), to + 12 * distance, distance);
    }

    /// <summary>
    /// G·w·Gᵀ of kernels turned by 180 degrees, which is what the gradient of the input is a convolution with.
    /// <paramref name="weight"/> holds nine matrices, one for each weight of a kernel.
    /// </summary>
    public static void SpreadTurnedKernels<TLanes, TVector>(float* weight, int count, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var half = TLanes.Broadcast(0.5f);
        var columns = stackalloc float[3 * 4 * TLanes.Count];
        for (var i = 0; i < count; i += TLanes.Count)
        {
            for (var column = 0; column < 3; column++)
            {
                var from = weight + (nint)(2 - column) * count + i;
                SpreadKernel<TLanes, TVector>(
                    from + 6 * (nint)count, from + 3 * (nint)count, from, half, columns + column * TLanes.Count, 3 * TLanes.Count);
            }

            for (var row = 0; row < 4; row++)
            {
                var from = columns + row * 3 * TLanes.Count;
                SpreadKernel<TLanes, TVector>(
                    from, from + TLanes.Count, from + 2 * TLanes.Count, half, to + row * 4 * distance + i, distance);
            }
        }
    }

    /// <summary>Gᵀ·u·G: nine matrices, one for each weight of a kernel.</summary>
    public static void GatherKernels<TLanes, TVector>(float* from, nint distance, int count, float* weight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var half = TLanes.Broadcast(0.5f);
        var rows = stackalloc float[3 * 4 * TLanes.Count];
        for (var i = 0; i < count; i += TLanes.Count)
        {
            for (var column = 0; column < 4; column++)
            {
                GatherKernel<TLanes, TVector>(
                    from + column * distance + i, 4 * distance, half, rows + column * TLanes.Count, 4 * TLanes.Count);
            }

            for (var row = 0; row < 3; row++)
            {
                GatherKernel<TLanes, TVector>(
                    rows + row * 4 * TLanes.Count, TLanes.Count, half, weight + row * 3 * (nint)count + i, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadColumn<TLanes, TVector>(
        float* from, nint row, out TVector first, out TVector second, out TVector third, out TVector fourth)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var upper = TLanes.Load(from + row);
        var lower = TLanes.Load(from + 2 * row);
        first = TLanes.Subtract(TLanes.Load(from), lower);
        second = TLanes.Add(upper, lower);
        third = TLanes.Subtract(lower, upper);
        fourth = TLanes.Subtract(upper, TLanes.Load(from + 3 * row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadRow<TLanes, TVector>(
        TVector first, TVector second, TVector third, TVector fourth, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TLanes.Store(to, TLanes.Subtract(first, third));
        TLanes.Store(to + distance, TLanes.Add(second, third));
        TLanes.Store(to + 2 * distance, TLanes.Subtract(third, second));
        TLanes.Store(to + 3 * distance, TLanes.Subtract(second, fourth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherColumn<TLanes, TVector>(float* from, nint distance, out TVector upper, out TVector lower)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var second = TLanes.Load(from + 4 * distance);
        var third = TLanes.Load(from + 8 * distance);
        upper = TLanes.Add(TLanes.Add(TLanes.Load(from), second), third);
        lower = TLanes.Subtract(TLanes.Subtract(second, third), TLanes.Load(from + 12 * distance));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadOutputRow<TLanes, TVector>(TVector left, TVector right, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TLanes.Store(to, left);
        TLanes.Store(to + distance, TLanes.Add(left, right));
        TLanes.Store(to + 2 * distance, TLanes.Subtract(left, right));
        TLanes.Store(to + 3 * distance, TLanes.Negate(right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadKernel<TLanes, TVector>(
        float* first, float* second, float* third, TVector half, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var outer = TLanes.Multiply(half, TLanes.Add(TLanes.Load(first), TLanes.Load(third)));
        var inner = TLanes.Multiply(half, TLanes.Load(second));
        TLanes.Store(to, TLanes.Load(first));
        TLanes.Store(to + distance, TLanes.Add(outer, inner));
        TLanes.Store(to + 2 * distance, TLanes.Subtract(outer, inner));
        TLanes.Store(to + 3 * distance, TLanes.Load(third));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherKernel<TLanes, TVector>(float* from, nint fromDistance, TVector half, float* to, nint distance)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var second = TLanes.Load(from + fromDistance);
        var third = TLanes.Load(from + 2 * fromDistance);
        var sum = TLanes.Multiply(half, TLanes.Add(second, third));
        TLanes.Store(to, TLanes.Add(TLanes.Load(from), sum));
        TLanes.Store(to + distance, TLanes.Multiply(half, TLanes.Subtract(second, third)));
        TLanes.Store(to + 2 * distance, TLanes.Add(sum, TLanes.Load(from + 3 * fromDistance)));
    }
}
