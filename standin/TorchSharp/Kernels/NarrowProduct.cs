using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// Many rows times a small matrix, one vector of its columns at a time. Where the depth is that of a few channels, preparing each tile of
/// <see cref="OuterTile"/> costs as much as the tile; here all rows are done in one loop. The sums are made in the same order.
/// </summary>
internal static unsafe class NarrowProduct
{
    /// <summary>Rows that are done at once: what hides the time that a multiplication takes.</summary>
    public const int Rows = 8;

    /// <summary>
    /// c[row, lane] = sum of a[row, step] · b[step, lane] for whole groups of <see cref="Rows"/>; <paramref name="columns"/> is the length
    /// of the rows of b and of c.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(int rows, int depth, nint columns, float* a, float* b, float* c)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        nint row = depth;
        for (var i = 0; i < rows; i += Rows)
        {
            var sum0 = TLanes.Zero;
            var sum1 = TLanes.Zero;
            var sum2 = TLanes.Zero;
            var sum3 = TLanes.Zero;
            var sum4 = TLanes.Zero;
            var sum5 = TLanes.Zero;
            var sum6 = TLanes.Zero;
            var sum7 = TLanes.Zero;
            var a3 = a + 3 * row;
            var a6 = a + 6 * row;
            var end = a + depth;
            for (var step = b; a < end; a++, a3++, a6++, step += columns)
            {
                var value = TLanes.Load(step);
                sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), value, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(a[row]), value, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(a[2 * row]), value, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[0]), value, sum3);
                sum4 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[row]), value, sum4);
                sum5 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[2 * row]), value, sum5);
                sum6 = TLanes.MultiplyAdd(TLanes.Broadcast(a6[0]), value, sum6);
                sum7 = TLanes.MultiplyAdd(TLanes.Broadcast(a6[row]), value, sum7);
            }

            TLanes.Store(c, sum0);
            TLanes.Store(c + columns, sum1);
            TLanes.Store(c + 2 * columns, sum2);
            TLanes.Store(c + 3 * columns, sum3);
            TLanes.Store(c + 4 * columns, sum4);
            TLanes.Store(c + 5 * columns, sum5);
            TLanes.Store(c + 6 * columns, sum6);
            TLanes.Store(c + 7 * columns, sum7);
            a += (Rows - 1) * row;
            c += Rows * columns;
        }
    }
}
