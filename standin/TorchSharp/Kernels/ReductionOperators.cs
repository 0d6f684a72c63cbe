using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

// The arithmetic of reductions, one small type each, so that it is inlined into the loops.

internal readonly struct Summing : IReduction
{
    public float Start => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.SumAsDouble(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => x + y;
}

internal readonly struct SummingMagnitudes : IReduction
{
    public float Start => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.SumAsDouble(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => x + y;
}

internal readonly struct SummingSquares : IReduction
{
    public float Start => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.SumAsDouble(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => x + y;
}

internal readonly struct SummingSquareDeviations(float center) : IReduction
{
    public float Start => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(TLanes.Subtract(x, TLanes.Broadcast(center)), TLanes.Subtract(x, TLanes.Broadcast(center)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.SumAsDouble(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => x + y;
}

internal readonly struct TakingMaximum : IReduction
{
    public float Start => float.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => LaneFolds.Maximum<TLanes, TVector>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => Math.Max(x, y);
}

internal readonly struct TakingMinimum : IReduction
{
    public float Start => float.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Prepare<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Fold<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => LaneFolds.Minimum<TLanes, TVector>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Join(double x, double y) => Math.Min(x, y);
}

internal static unsafe class LaneFolds
{
    /// <summary>Largest lane; NaN if one is.</summary>
    public static float Maximum<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var lanes = stackalloc float[TLanes.Count];
        TLanes.Store(lanes, x);
        var result = lanes[0];
        for (var lane = 1; lane < TLanes.Count; lane++)
        {
            result = MathF.Max(result, lanes[lane]);
        }

        return result;
    }

    /// <summary>Smallest lane; NaN if one is.</summary>
    public static float Minimum<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => -Maximum<TLanes, TVector>(TLanes.Negate(x));
}
