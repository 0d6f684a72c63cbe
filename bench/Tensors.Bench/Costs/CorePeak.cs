using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FedActors.Tensors.Bench.Costs;

/// <summary>What one core can do at most: fused multiply-adds that touch nothing but registers.</summary>
internal static class CorePeak
{
    private const int Repeats = 4_000;
    private const int Attempts = 200;

    /// <summary>Independent sums: at least latency times throughput of a multiply-add (4 cycles, 2 a cycle, and some to spare).</summary>
    private const int Sums = 12;

    /// <summary>The registers that <see cref="Measure"/> uses.</summary>
    public static string Registers => $"{32 * Width} bits";

    private static int Width => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector<float>.Count;

    /// <summary>Floating-point operations a second; the best of many short attempts, because others use the machine too.</summary>
    public static double Measure()
    {
        var best = double.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var begin = Stopwatch.GetTimestamp();
            _ = Vector512.IsHardwareAccelerated ? Wide() : Portable();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return 2.0 * Sums * Width * Repeats / best;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        // A fixed point of x·a + b, so that numbers neither grow nor vanish.
        var a = Vector512.Create(0.5f);
        var b = Vector512.Create(0.5f);
        Vector512<float> s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (var i = 0; i < Repeats; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
            s10 = Vector512.FusedMultiplyAdd(s10, a, b);
            s11 = Vector512.FusedMultiplyAdd(s11, a, b);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Portable()
    {
        var a = new Vector<float>(0.5f);
        var b = new Vector<float>(0.5f);
        Vector<float> s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (var i = 0; i < Repeats; i++)
        {
            s0 = Vector.FusedMultiplyAdd(s0, a, b);
            s1 = Vector.FusedMultiplyAdd(s1, a, b);
            s2 = Vector.FusedMultiplyAdd(s2, a, b);
            s3 = Vector.FusedMultiplyAdd(s3, a, b);
            s4 = Vector.FusedMultiplyAdd(s4, a, b);
            s5 = Vector.FusedMultiplyAdd(s5, a, b);
            s6 = Vector.FusedMultiplyAdd(s6, a, b);
            s7 = Vector.FusedMultiplyAdd(s7, a, b);
            s8 = Vector.FusedMultiplyAdd(s8, a, b);
            s9 = Vector.FusedMultiplyAdd(s9, a, b);
            s10 = Vector.FusedMultiplyAdd(s10, a, b);
            s11 = Vector.FusedMultiplyAdd(s11, a, b);
        }

        return Vector.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
