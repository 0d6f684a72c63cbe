using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>A function of one argument, given as arithmetic on vectors.</summary>
internal interface IUnaryOperator
{
    TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>A function of two arguments, given as arithmetic on vectors.</summary>
internal interface IBinaryOperator
{
    TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>A comparison of two floats.</summary>
internal interface IComparison
{
    static abstract bool Holds(float x, float y);
}

/// <summary>
/// The loops of elementwise kernels. The last elements go through a partly filled vector and the same arithmetic as all others, so that
/// their results do not depend on where they stand.
/// </summary>
internal static unsafe class ElementwiseLoops
{
    /// <summary>result = op(x).</summary>
    public static void Map<TOperator>(TOperator op, float* x, float* result, long count)
        where TOperator : unmanaged, IUnaryOperator
        => ParallelLoop.RunElements(new Mapping<TOperator>(op, x, result), count);

    /// <summary>result[rows, columns] = op(x, y).</summary>
    public static void Zip<TOperator>(TOperator op, Operand x, Operand y, float* result, long rows, long columns)
        where TOperator : unmanaged, IBinaryOperator
    {
        if (columns == 1)
        {
            // One column: the rows are what is long, and what repeated from row to row now repeats along the only row.
            (x, y, rows, columns) = (x.ColumnAsRow(), y.ColumnAsRow(), 1, rows);
        }

        var work = new Zipping<TOperator>(op, x, y, result, columns);
        if (rows == 1)
        {
            ParallelLoop.RunElements(new ZippingOneRow<TOperator>(work), columns);
        }
        else
        {
            ParallelLoop.Run(work, rows, columns * ParallelLoop.ElementCost);
        }
    }

    /// <summary>result = function(x), for functions that have no vector form here.</summary>
    public static void MapScalars(delegate*<float, float> function, float* x, float* result, long count)
    {
        for (long i = 0; i < count; i++)
        {
            result[i] = function(x[i]);
        }
    }

    /// <summary>result[rows, columns] = function(x, y), for functions that have no vector form here.</summary>
    public static void ZipScalars(delegate*<float, float, float> function, Operand x, Operand y, float* result, long rows, long columns)
    {
        for (long row = 0; row < rows; row++)
        {
            var xRow = x.Data + row * x.RowStride;
            var yRow = y.Data + row * y.RowStride;
            for (long column = 0; column < columns; column++)
            {
                *result++ = function(xRow[x.RepeatsAlongRow ? 0 : column], yRow[y.RepeatsAlongRow ? 0 : column]);
            }
        }
    }

    /// <summary>result[rows, columns] = whether the comparison of x and y holds.</summary>
    public static void Compare<TComparison>(Operand x, Operand y, byte* result, long rows, long columns)
        where TComparison : struct, IComparison
    {
        for (long row = 0; row < rows; row++)
        {
            var xRow = x.Data + row * x.RowStride;
            var yRow = y.Data + row * y.RowStride;
            var xStep = x.RepeatsAlongRow ? 0 : 1;
            var yStep = y.RepeatsAlongRow ? 0 : 1;
            for (long column = 0; column < columns; column++, xRow += xStep, yRow += yStep)
            {
                *result++ = TComparison.Holds(*xRow, *yRow) ? (byte)1 : (byte)0;
            }
        }
    }

    private static void Map<TLanes, TVector, TOperator>(TOperator op, float* x, float* result, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOperator : unmanaged, IUnaryOperator
    {
        long i = 0;
        for (var end = count - TLanes.Count; i <= end; i += TLanes.Count)
        {
            TLanes.Store(result + i, op.Apply<TLanes, TVector>(TLanes.Load(x + i)));
        }

        var rest = (int)(count - i);
        if (rest > 0)
        {
            TLanes.StorePart(result + i, op.Apply<TLanes, TVector>(TLanes.LoadPart(x + i, rest)), rest);
        }
    }

    private static void Zip<TLanes, TVector, TOperator>(TOperator op, Operand x, Operand y, float* result, long rows, long columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOperator : unmanaged, IBinaryOperator
    {
        for (long row = 0; row < rows; row++, result += columns)
        {
            var xRow = x.Data + row * x.RowStride;
            var yRow = y.Data + row * y.RowStride;
            if (!x.RepeatsAlongRow && !y.RepeatsAlongRow)
            {
                ZipRow<TLanes, TVector, TOperator>(op, xRow, yRow, result, columns);
            }
            else if (x.RepeatsAlongRow)
            {
                if (y.RepeatsAlongRow)
                {
                    var value = op.Apply<TLanes, TVector>(TLanes.Broadcast(*xRow), TLanes.Broadcast(*yRow));
                    FillRow<TLanes, TVector>(value, result, columns);
                }
                else
                {
                    Map<TLanes, TVector, LeftBound<TOperator>>(new LeftBound<TOperator>(op, *xRow), yRow, result, columns);
                }
            }
            else
            {
                Map<TLanes, TVector, RightBound<TOperator>>(new RightBound<TOperator>(op, *yRow), xRow, result, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ZipRow<TLanes, TVector, TOperator>(TOperator op, float* x, float* y, float* result, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOperator : unmanaged, IBinaryOperator
    {
        long i = 0;
        for (var end = count - TLanes.Count; i <= end; i += TLanes.Count)
        {
            TLanes.Store(result + i, op.Apply<TLanes, TVector>(TLanes.Load(x + i), TLanes.Load(y + i)));
        }

        var rest = (int)(count - i);
        if (rest > 0)
        {
            TLanes.StorePart(result + i, op.Apply<TLanes, TVector>(TLanes.LoadPart(x + i, rest), TLanes.LoadPart(y + i, rest)), rest);
        }
    }

    private static void FillRow<TLanes, TVector>(TVector value, float* result, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (; count > 0; count -= TLanes.Count, result += TLanes.Count)
        {
            TLanes.StorePart(result, value, (int)Math.Min(count, TLanes.Count));
        }
    }

    /// <summary>A function of two arguments whose first is fixed.</summary>
    private readonly struct LeftBound<TOperator>(TOperator op, float left) : IUnaryOperator
        where TOperator : unmanaged, IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => op.Apply<TLanes, TVector>(TLanes.Broadcast(left), x);
    }

    /// <summary>A function of two arguments whose second is fixed.</summary>
    private readonly struct RightBound<TOperator>(TOperator op, float right) : IUnaryOperator
        where TOperator : unmanaged, IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => op.Apply<TLanes, TVector>(x, TLanes.Broadcast(right));
    }

    private readonly struct Mapping<TOperator>(TOperator op, float* x, float* result) : IParallelWork
        where TOperator : unmanaged, IUnaryOperator
    {
        public void Run(long start, long end)
        {
            if (Lanes512.IsSupported)
            {
                Map<Lanes512, Vector512<float>, TOperator>(op, x + start, result + start, end - start);
            }
            else if (Lanes256.IsSupported)
            {
                Map<Lanes256, Vector256<float>, TOperator>(op, x + start, result + start, end - start);
            }
            else
            {
                Map<PortableLanes, Vector<float>, TOperator>(op, x + start, result + start, end - start);
            }
        }
    }

    private readonly struct Zipping<TOperator>(TOperator op, Operand x, Operand y, float* result, long columns) : IParallelWork
        where TOperator : unmanaged, IBinaryOperator
    {
        public void Run(long start, long end)
            => RunRows(x.FromRow(start), y.FromRow(start), result + start * columns, end - start, columns);

        public void RunColumns(long start, long end)
            => RunRows(x.FromColumn(start), y.FromColumn(start), result + start, 1, end - start);

        private void RunRows(Operand left, Operand right, float* target, long rows, long width)
        {
            if (Lanes512.IsSupported)
            {
                Zip<Lanes512, Vector512<float>, TOperator>(op, left, right, target, rows, width);
            }
            else if (Lanes256.IsSupported)
            {
                Zip<Lanes256, Vector256<float>, TOperator>(op, left, right, target, rows, width);
            }
            else
            {
                Zip<PortableLanes, Vector<float>, TOperator>(op, left, right, target, rows, width);
            }
        }
    }

    /// <summary>A single row is divided along it.</summary>
    private readonly struct ZippingOneRow<TOperator>(Zipping<TOperator> work) : IParallelWork
        where TOperator : unmanaged, IBinaryOperator
    {
        public void Run(long start, long end) => work.RunColumns(start, end);
    }
}
