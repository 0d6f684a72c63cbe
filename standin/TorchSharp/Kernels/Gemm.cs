using System.Numerics;
using System.Runtime.Intrinsics;
using TorchSharp.Memory;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// Matrix product of row-major matrices. The matrices of federated models are small, so nothing is copied unless it pays: the left factor
/// is always read in place, the right one is packed into panels only where many rows will use them, and a transposed right factor, whose
/// rows are contiguous along the sum, goes to <see cref="DotTile"/> instead of being turned.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Steps of the sum done before going on to the next columns: a panel of b then stays in the first-level cache.</summary>
    private const int DepthBlock = 256;

    /// <summary>Rows of the tables on the stack.</summary>
    private const int RowBlock = 240;

    /// <summary>Longest dot product of a block; longer ones would push the rows of b out of the second-level cache.</summary>
    private const int DotBlock = 2048;

    /// <summary>c[m,n] = op(a)[m,k] · op(b)[k,n], added to c when <paramref name="accumulate"/>.</summary>
    public static void Multiply(
        bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
    {
        if (m == 0 || n == 0)
        {
            return;
        }

        if (Lanes512.IsSupported)
        {
            Multiply<Lanes512, Vector512<float>>(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate);
        }
        else if (Lanes256.IsSupported)
        {
            Multiply<Lanes256, Vector256<float>>(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate);
        }
        else
        {
            Multiply<PortableLanes, Vector<float>>(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate);
        }
    }

    private static void Multiply<TLanes, TVector>(
        bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => ParallelLoop.Run(
            new Stripes<TLanes, TVector>(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate),
            Stripes<TLanes, TVector>.Count(m, n),
            Stripes<TLanes, TVector>.Thickness * (long)Math.Min(m, n) * k);

    private static void MultiplyStripe<TLanes, TVector>(
        bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!transB)
        {
            MultiplyPanels<TLanes, TVector>(transA, m, n, k, a, lda, b, ldb, c, ldc, accumulate);
        }
        else if (!transA)
        {
            MultiplyDots<TLanes, TVector>(m, n, k, a, lda, b, ldb, c, ldc, accumulate);
        }
        else
        {
            var bytes = (long)m * k * sizeof(float);
            var turned = (float*)BufferPool.Rent(bytes);
            Strided.Transpose(a, lda, turned, k, k, m);
            MultiplyDots<TLanes, TVector>(m, n, k, turned, k, b, ldb, c, ldc, accumulate);
            BufferPool.Return((nint)turned, bytes);
        }
    }

    private static void MultiplyDots<TLanes, TVector>(
        int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        const int ColumnBlock = 60;
        var offsets = stackalloc int[ColumnBlock];
        for (var i = 0; i < ColumnBlock; i++)
        {
            offsets[i] = i * ldb;
        }

        for (var depth = 0; depth == 0 || depth < k; depth += DotBlock)
        {
            for (var column = 0; column < n; column += ColumnBlock)
            {
                var job = new DotTile.Job
                {
                    A = a + depth,
                    ARow = lda,
                    B = b + (nint)column * ldb + depth,
                    BOffsets = offsets,
                    Repeats = 1,
                    Length = Math.Min(DotBlock, k - depth),
                    C = c + column,
                    CRow = ldc,
                    Accumulate = accumulate || depth > 0,
                };
                DotTile.Run<TLanes, TVector>(job, m, Math.Min(ColumnBlock, n - column));
            }
        }
    }

    private static void MultiplyPanels<TLanes, TVector>(
        bool transA, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var width = 2 * TLanes.Count;
        var aRow = transA ? 1 : lda;
        var aStep = transA ? lda : 1;
        var packs = m >= 4 * TLanes.OuterRows && n > width;
        var panelBytes = (long)DepthBlock * width * sizeof(float);
        var panel = packs ? (float*)BufferPool.Rent(panelBytes) : null;
        var bOffsets = stackalloc int[DepthBlock];
        for (var i = 0; i < DepthBlock; i++)
        {
            bOffsets[i] = i * (packs ? width : ldb);
        }

        var cOffsets = stackalloc int[RowBlock];
        for (var i = 0; i < RowBlock; i++)
        {
            cOffsets[i] = i * ldc;
        }

        for (var depth = 0; depth == 0 || depth < k; depth += DepthBlock)
        {
            var steps = Math.Min(DepthBlock, k - depth);
            for (var column = 0; column < n; column += width)
            {
                var columns = Math.Min(width, n - column);
                var source = b + (nint)depth * ldb + column;
                if (packs)
                {
                    Pack<TLanes, TVector>(source, ldb, panel, width, steps, columns);
                    source = panel;
                }

                for (var row = 0; row < m; row += RowBlock)
                {
                    var job = new OuterTile.Job
                    {
                        A = a + (nint)row * aRow + (nint)depth * aStep,
                        ARow = aRow,
                        AStep = aStep,
                        BOffsets = bOffsets,
                        Depth = steps,
                        COffsets = cOffsets,
                        Accumulate = accumulate || depth > 0,
                    };
                    OuterTile.RunColumn<TLanes, TVector>(job, Math.Min(RowBlock, m - row), source, c + (nint)row * ldc + column, columns);
                }
            }
        }

        if (packs)
        {
            BufferPool.Return((nint)panel, panelBytes);
        }
    }

    private static void Pack<TLanes, TVector>(float* source, int ldb, float* panel, int width, int steps, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var step = 0; step < steps; step++, source += ldb, panel += width)
        {
            if (columns == width)
            {
                TLanes.Store(panel, TLanes.Load(source));
                TLanes.Store(panel + TLanes.Count, TLanes.Load(source + TLanes.Count));
            }
            else
            {
                TLanes.Store(panel, TLanes.LoadPart(source, Math.Min(columns, TLanes.Count)));
                TLanes.Store(panel + TLanes.Count, TLanes.LoadPart(source + TLanes.Count, Math.Max(0, columns - TLanes.Count)));
            }
        }
    }
    /// <summary>A product divided into stripes of rows or of columns, whichever there are more of.</summary>
    private readonly struct Stripes<TLanes, TVector>(
        bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate)
        : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        /// <summary>Rows or columns of a stripe, the last one excepted: whole tiles in either direction, or nearly so.</summary>
        public static int Thickness => 2 * TLanes.Count;

        public static int Count(int m, int n) => (Math.Max(m, n) + Thickness - 1) / Thickness;

        public void Run(long start, long end)
        {
            var first = (int)start * Thickness;
            var count = Math.Min((int)end * Thickness, Math.Max(m, n)) - first;
            if (m >= n)
            {
                var rows = a + (nint)first * (transA ? 1 : lda);
                MultiplyStripe<TLanes, TVector>(
                    transA, transB, count, n, k, rows, lda, b, ldb, c + (nint)first * ldc, ldc, accumulate);
            }
            else
            {
                var columns = b + (nint)first * (transB ? ldb : 1);
                MultiplyStripe<TLanes, TVector>(transA, transB, m, count, k, a, lda, columns, ldb, c + first, ldc, accumulate);
            }
        }
    }
}
