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

    /// <summary>Sums of x and of x · (y − center) in one pass, before they are rounded to float.</summary>
    public static (double Sum, double Products) SumAndProducts(float* x, float* y, long count, float center)
    {
        if (Lanes512.IsSupported)
        {
            return SumAndProducts<Lanes512, Vector512<float>>(x, y, count, center);
        }

        return Lanes256.IsSupported
            ? SumAndProducts<Lanes256, Vector256<float>>(x, y, count, center)
            : SumAndProducts<PortableLanes, Vector<float>>(x, y, count, center);
    }

    /// <summary>Sum of products.</summary>
    public static float Dot(float* x, float* y, long count) => (float)SumAndProducts(x, y, count, 0).Products;

    /// <summary>Euclidean norm.</summary>
    public static float Norm(float* x, long count) => (float)Math.Sqrt(ReductionLoops.Row(default(SummingSquares), x, count));

    /// <summary>Largest value and its first position along the middle axis; a NaN counts as largest. Either result may be null.</summary>
    public static void MaximumAt(float* x, float* values, long* positions, long outer, long length, long inner)
        => ExtremeAt(x, values, positions, outer, length, inner, 1f);

    /// <summary>Smallest value and its first position along the middle axis; a NaN counts as smallest. Either result may be null.</summary>
    public static void MinimumAt(float* x, float* values, long* positions, long outer, long length, long inner)
        => ExtremeAt(x, values, positions, outer, length, inner, -1f);

    private static (double Sum, double Products) SumAndProducts<TLanes, TVector>(float* x, float* y, long count, float center)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (total, totalProducts) = (0.0, 0.0);
        var middle = TLanes.Broadcast(center);
        while (count > 0)
        {
            var block = (int)Math.Min(count, ReductionLoops.Block);
            var (first, second) = (TLanes.Zero, TLanes.Zero);
            var (firstProducts, secondProducts) = (TLanes.Zero, TLanes.Zero);
            var i = 0;
            for (; i <= block - 2 * TLanes.Count; i += 2 * TLanes.Count)
            {
                var next = i + TLanes.Count;
                var (left, right) = (TLanes.Load(x + i), TLanes.Load(x + next));
                first = TLanes.Add(first, left);
                second = TLanes.Add(second, right);
                firstProducts = TLanes.MultiplyAdd(left, TLanes.Subtract(TLanes.Load(y + i), middle), firstProducts);
                secondProducts = TLanes.MultiplyAdd(right, TLanes.Subtract(TLanes.Load(y + next), middle), secondProducts);
            }

            for (; i < block; i += TLanes.Count)
            {
                var rest = Math.Min(TLanes.Count, block - i);
                var left = TLanes.LoadPart(x + i, rest);
                first = TLanes.Add(first, left);
                firstProducts = TLanes.MultiplyAdd(left, TLanes.Subtract(TLanes.LoadPart(y + i, rest), middle), firstProducts);
            }

            total += TLanes.SumAsDouble(TLanes.Add(first, second));
            totalProducts += TLanes.SumAsDouble(TLanes.Add(firstProducts, secondProducts));
            x += block;
            y += block;
            count -= block;
        }

        return (total, totalProducts);
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
