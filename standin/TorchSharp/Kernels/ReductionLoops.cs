using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>How a reduction takes in an element and joins two partial results.</summary>
internal interface IReduction
{
    /// <summary>The result of no elements.</summary>
    float Start { get; }

    /// <summary>What an element contributes, before joining.</summary>
    TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Joins partial results lane by lane.</summary>
    TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Joins the lanes.</summary>
    double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Joins partial results.</summary>
    double Join(double x, double y);
}

/// <summary>
/// The loops of reductions: along rows by lanes that are joined at the end of a block, down columns by a vector of columns at a time.
/// </summary>
internal static unsafe class ReductionLoops
{
    /// <summary>Elements of a row that are joined as floats before going on as doubles.</summary>
    public const int Block = 2048;

    /// <summary>Rows that are joined as floats before going on, when reducing down columns.</summary>
    private const int RowBlock = 32;

    /// <summary>Folds one row.</summary>
    public static double Row<TReduction>(TReduction reduction, float* x, long count)
        where TReduction : unmanaged, IReduction
    {
        if (Lanes512.IsSupported)
        {
            return Row<Lanes512, Vector512<float>, TReduction>(reduction, x, count);
        }

        return Lanes256.IsSupported
            ? Row<Lanes256, Vector256<float>, TReduction>(reduction, x, count)
            : Row<PortableLanes, Vector<float>, TReduction>(reduction, x, count);
    }

    /// <summary>result[outer, inner] = factor · fold of x[outer, length, inner].</summary>
    public static void Axis<TReduction>(TReduction reduction, float* x, float* result, long outer, long length, long inner, double factor)
        where TReduction : unmanaged, IReduction
        => ParallelLoop.Run(
            new Axes<TReduction>(reduction, x, result, length, inner, factor), outer, length * inner * ParallelLoop.ElementCost);

    private static double Row<TLanes, TVector, TReduction>(TReduction reduction, float* x, long count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TReduction : unmanaged, IReduction
    {
        double total = reduction.Start;
        while (count > 0)
        {
            var block = (int)Math.Min(count, Block);
            var i = 0;
            if (block >= TLanes.Count)
            {
                // Four chains: an addition takes several cycles, but two can start in each.
                var first = TLanes.Broadcast(reduction.Start);
                var (second, third, fourth) = (first, first, first);
                for (; i <= block - 4 * TLanes.Count; i += 4 * TLanes.Count)
                {
                    first = Take<TLanes, TVector, TReduction>(reduction, first, x + i);
                    second = Take<TLanes, TVector, TReduction>(reduction, second, x + i + TLanes.Count);
                    third = Take<TLanes, TVector, TReduction>(reduction, third, x + i + 2 * TLanes.Count);
                    fourth = Take<TLanes, TVector, TReduction>(reduction, fourth, x + i + 3 * TLanes.Count);
                }

                for (; i <= block - TLanes.Count; i += TLanes.Count)
                {
                    first = Take<TLanes, TVector, TReduction>(reduction, first, x + i);
                }

                var joined = reduction.Join<TLanes, TVector>(
                    reduction.Join<TLanes, TVector>(first, second), reduction.Join<TLanes, TVector>(third, fourth));
                total = reduction.Join(total, reduction.Fold<TLanes, TVector>(joined));
            }

            if (i < block)
            {
                var value = reduction.Prepare<TLanes, TVector>(TLanes.LoadPart(x + i, block - i));
                total = FoldPart<TLanes, TVector, TReduction>(reduction, total, value, block - i);
            }

            x += block;
            count -= block;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Take<TLanes, TVector, TReduction>(TReduction reduction, TVector sum, float* x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TReduction : unmanaged, IReduction
        => reduction.Join<TLanes, TVector>(sum, reduction.Prepare<TLanes, TVector>(TLanes.Load(x)));

    private static double FoldPart<TLanes, TVector, TReduction>(TReduction reduction, double total, TVector value, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TReduction : unmanaged, IReduction
    {
        var lanes = stackalloc float[TLanes.Count];
        TLanes.Store(lanes, value);
        for (var lane = 0; lane < count; lane++)
        {
            total = reduction.Join(total, lanes[lane]);
        }

        return total;
    }

    private static void Columns<TLanes, TVector, TReduction>(TReduction reduction, float* x, float* result, long length, long inner)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TReduction : unmanaged, IReduction
    {
        for (long column = 0; column < inner; column += TLanes.Count)
        {
            var count = (int)Math.Min(TLanes.Count, inner - column);
            var total = TLanes.Broadcast(reduction.Start);
            for (long row = 0; row < length; row += RowBlock)
            {
                var end = Math.Min(length, row + RowBlock);
                var sum = TLanes.Broadcast(reduction.Start);
                for (var i = row; i < end; i++)
                {
                    var source = x + i * inner + column;
                    var value = count == TLanes.Count ? TLanes.Load(source) : TLanes.LoadPart(source, count);
                    sum = reduction.Join<TLanes, TVector>(sum, reduction.Prepare<TLanes, TVector>(value));
                }

                total = reduction.Join<TLanes, TVector>(total, sum);
            }

            TLanes.StorePart(result + column, total, count);
        }
    }

    /// <summary>Divided by the outer axis only: what is summed together stays together.</summary>
    private readonly struct Axes<TReduction>(TReduction reduction, float* x, float* result, long length, long inner, double factor)
        : IParallelWork
        where TReduction : unmanaged, IReduction
    {
        public void Run(long start, long end)
        {
            for (var o = start; o < end; o++)
            {
                if (inner == 1)
                {
                    result[o] = (float)(factor * Row(reduction, x + o * length, length));
                }
                else
                {
                    RunColumns(x + o * length * inner, result + o * inner);
                }
            }
        }

        private void RunColumns(float* source, float* target)
        {
            if (Lanes512.IsSupported)
            {
                Columns<Lanes512, Vector512<float>, TReduction>(reduction, source, target, length, inner);
            }
            else if (Lanes256.IsSupported)
            {
                Columns<Lanes256, Vector256<float>, TReduction>(reduction, source, target, length, inner);
            }
            else
            {
                Columns<PortableLanes, Vector<float>, TReduction>(reduction, source, target, length, inner);
            }

            if (factor != 1)
            {
                Elementwise.Binary(BinaryOperation.Multiply, target, (float)factor, target, inner);
            }
        }
    }
}
