using System.Numerics;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>
/// Reductions over all elements or one axis of [outer, length, inner], always in the same order. Sums run in float lanes over short blocks
/// whose totals are added in double, which is about as exact as double throughout and as fast as float.
/// </summary>
internal static unsafe class Reductions
{
    /// <summary>Folds all elements.</summary>
    public static float All(ReductionOperation operation, float* x, long count)
    {
        float result;
        Axis(operation, x, &result, 1, count, 1);
        return result;
    }

    /// <summary>
    /// result[outer, inner] = fold of x[outer, length, inner] over the middle axis; rows have inner = 1, columns outer = 1.
    /// </summary>
    public static void Axis(ReductionOperation operation, float* x, float* result, long outer, long length, long inner)
    {
        switch (operation)
        {
            case ReductionOperation.Sum: ReductionLoops.Axis(default(Summing), x, result, outer, length, inner, 1); break;
            case ReductionOperation.Mean: ReductionLoops.Axis(default(Summing), x, result, outer, length, inner, 1.0 / length); break;
            case ReductionOperation.AbsoluteSum: ReductionLoops.Axis(default(SummingMagnitudes), x, result, outer, length, inner, 1); break;
            case ReductionOperation.SquareSum: ReductionLoops.Axis(default(SummingSquares), x, result, outer, length, inner, 1); break;
            case ReductionOperation.Maximum: ReductionLoops.Axis(default(TakingMaximum), x, result, outer, length, inner, 1); break;
            case ReductionOperation.Minimum: ReductionLoops.Axis(default(TakingMinimum), x, result, outer, length, inner, 1); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    /// <summary>Sum, before it is rounded to float.</summary>
    public static double Sum(float* x, long count) => ReductionLoops.Row(default(Summing), x, count);

    /// <summary>Sum of (x − center)², before it is rounded to float.</summary>
    public static double SquareDeviations(float* x, long count, float center)
        => ReductionLoops.Row(new SummingSquareDeviations(center), x, count);

    /// <summary>Sum of x · (y − center), before it is rounded to float.</summary>
    public static double SumProducts(float* x, float* y, long count, float center = 0)
    {
        if (Lanes512.IsSupported)
        {
            return SumProducts<Lanes512, Vector512<float>>(x, y, count, center);
        }

        return Lanes256.IsSupported
            ? SumProducts<Lanes256, Vector256<float>>(x, y, count, center)
            : SumProducts<PortableLanes, Vector<float>>(x, y, count, center);
    }

    /// <summary>Sum of products.</summary>
    public static float Dot(float* x, float* y, long count) => (float)SumProducts(x, y, count);

    /// <summary>Euclidean norm.</summary>
    public static float Norm(float* x, long count) => (float)Math.Sqrt(ReductionLoops.Row(default(SummingSquares), x, count));

    /// <summary>Largest value and its first position along the middle axis; a NaN counts as largest. Either result may be null.</summary>
    public static void MaximumAt(float* x, float* values, long* positions, long outer, long length, long inner)
        => ExtremeAt(x, values, positions, outer, length, inner, 1f);

    /// <summary>Smallest value and its first position along the middle axis; a NaN counts as smallest. Either result may be null.</summary>
    public static void MinimumAt(float* x, float* values, long* positions, long outer, long length, long inner)
        => ExtremeAt(x, values, positions, outer, length, inner, -1f);

    private static double SumProducts<TLanes, TVector>(float* x, float* y, long count, float center)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var total = 0.0;
        var middle = TLanes.Broadcast(center);
        while (count > 0)
        {
            var block = (int)Math.Min(count, ReductionLoops.Block);
            var first = TLanes.Zero;
            var second = TLanes.Zero;
            var i = 0;
            for (; i <= block - 2 * TLanes.Count; i += 2 * TLanes.Count)
            {
                var next = i + TLanes.Count;
                first = TLanes.MultiplyAdd(TLanes.Load(x + i), TLanes.Subtract(TLanes.Load(y + i), middle), first);
                second = TLanes.MultiplyAdd(TLanes.Load(x + next), TLanes.Subtract(TLanes.Load(y + next), middle), second);
            }

            for (; i < block; i += TLanes.Count)
            {
                var rest = Math.Min(TLanes.Count, block - i);
                first = TLanes.MultiplyAdd(TLanes.LoadPart(x + i, rest), TLanes.Subtract(TLanes.LoadPart(y + i, rest), middle), first);
            }

            total += TLanes.SumAsDouble(TLanes.Add(first, second));
            x += block;
            y += block;
            count -= block;
        }

        return total;
    }

    private static void ExtremeAt(float* x, float* values, long* positions, long outer, long length, long inner, float sign)
    {
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < inner; i++)
            {
                var best = sign * x[o * length * inner + i];
                long at = 0;
                for (long l = 1; l < length && !float.IsNaN(best); l++)
                {
                    var v = sign * x[(o * length + l) * inner + i];
                    if (v > best || float.IsNaN(v))
                    {
                        best = v;
                        at = l;
                    }
                }

                if (values != null)
                {
                    values[o * inner + i] = sign * best;
                }

                if (positions != null)
                {
                    positions[o * inner + i] = at;
                }
            }
        }
    }
}
