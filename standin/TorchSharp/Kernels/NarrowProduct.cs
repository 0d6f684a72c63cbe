using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// Many rows times a small matrix of one or two vectors of columns. Where the depth is that of a few channels, preparing each tile of
/// <see cref="OuterTile"/> costs as much as the tile; here all rows are done in one loop. The sums are made in the same order.
/// </summary>
internal static unsafe class NarrowProduct
{
    /// <summary>Rows come in groups of this many: with one vector of columns, what hides the time that a multiplication takes.</summary>
    public const int Rows = 8;

    /// <summary>Rows that are done at once with two vectors of columns, for the same reason.</summary>
    private const int PairRows = 4;

    /// <summary>Longest sum that is worth it here.</summary>
    private const int MostDepth = 16;

    /// <summary>Whether the sizes suit: whole groups of rows of one vector, or of two if the depth is small.</summary>
    public static bool Suits<TLanes, TVector>(int rows, int depth, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => rows % Rows == 0 && (columns == TLanes.Count || (columns == 2 * TLanes.Count && depth <= MostDepth));

    /// <summary>c[row, column] = sum of a[row, step] · b[step, column] for sizes that suit.</summary>
    public static void Run<TLanes, TVector>(int rows, int depth, int columns, float* a, float* b, float* c)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (columns == TLanes.Count)
        {
            RunSingle<TLanes, TVector>(rows, depth, a, b, c);
        }
        else
        {
            RunPairs<TLanes, TVector>(rows, depth, a, b, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunSingle<TLanes, TVector>(int rows, int depth, float* a, float* b, float* c)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        nint columns = TLanes.Count;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPairs<TLanes, TVector>(int rows, int depth, float* a, float* b, float* c)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        nint row = depth;
        nint columns = 2 * TLanes.Count;
        for (var i = 0; i < rows; i += PairRows)
        {
            var left0 = TLanes.Zero;
            var right0 = TLanes.Zero;
            var left1 = TLanes.Zero;
            var right1 = TLanes.Zero;
            var left2 = TLanes.Zero;
            var right2 = TLanes.Zero;
            var left3 = TLanes.Zero;
            var right3 = TLanes.Zero;
            var a3 = a + 3 * row;
            var end = a + depth;
            for (var step = b; a < end; a++, a3++, step += columns)
            {
                var first = TLanes.Load(step);
                var second = TLanes.Load(step + TLanes.Count);
                var value = TLanes.Broadcast(a[0]);
                left0 = TLanes.MultiplyAdd(value, first, left0);
                right0 = TLanes.MultiplyAdd(value, second, right0);
                value = TLanes.Broadcast(a[row]);
                left1 = TLanes.MultiplyAdd(value, first, left1);
                right1 = TLanes.MultiplyAdd(value, second, right1);
                value = TLanes.Broadcast(a[2 * row]);
                left2 = TLanes.MultiplyAdd(value, first, left2);
                right2 = TLanes.MultiplyAdd(value, second, right2);
                value = TLanes.Broadcast(a3[0]);
                left3 = TLanes.MultiplyAdd(value, first, left3);
                right3 = TLanes.MultiplyAdd(value, second, right3);
            }

            TLanes.Store(c, left0);
            TLanes.Store(c + TLanes.Count, right0);
            TLanes.Store(c + columns, left1);
            TLanes.Store(c + columns + TLanes.Count, right1);
            TLanes.Store(c + 2 * columns, left2);
            TLanes.Store(c + 2 * columns + TLanes.Count, right2);
            TLanes.Store(c + 3 * columns, left3);
            TLanes.Store(c + 3 * columns + TLanes.Count, right3);
            a += (PairRows - 1) * row;
            c += PairRows * columns;
        }
    }
}
