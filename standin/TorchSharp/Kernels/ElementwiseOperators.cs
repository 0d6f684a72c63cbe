using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

// The arithmetic of elementwise kernels, one small type an operation: a type parameter is inlined into a loop where a delegate would not
// be.

internal readonly struct Negation : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Negate(x);
}

internal readonly struct AbsoluteValue : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Abs(x);
}

internal readonly struct SignOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Select(
            TLanes.Less(TLanes.Zero, x),
            TLanes.Broadcast(1f),
            TLanes.Select(TLanes.Less(x, TLanes.Zero), TLanes.Broadcast(-1f), TLanes.Zero));
}

internal readonly struct SquareRoot : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Sqrt(x);
}

internal readonly struct ReciprocalSquareRoot : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Divide(TLanes.Broadcast(1f), TLanes.Sqrt(x));
}

internal readonly struct ReciprocalOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Divide(TLanes.Broadcast(1f), x);
}

internal readonly struct ExponentialOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => Exponential.Of<TLanes, TVector>(x);
}

internal readonly struct LogarithmOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Log(x);
}

internal readonly struct SigmoidOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Divide(TLanes.Broadcast(1f), TLanes.Add(TLanes.Broadcast(1f), Exponential.Of<TLanes, TVector>(TLanes.Negate(x))));
}

internal readonly struct SquareOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, x);
}

internal readonly struct ReluOf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Select(TLanes.Less(x, TLanes.Zero), TLanes.Zero, x);
}

internal readonly struct Clamping(float low, float high) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var raised = TLanes.Select(TLanes.Less(x, TLanes.Broadcast(low)), TLanes.Broadcast(low), x);
        return TLanes.Select(TLanes.Less(TLanes.Broadcast(high), raised), TLanes.Broadcast(high), raised);
    }
}

internal readonly struct Thresholding(float bound, float value) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Select(TLanes.LessOrEqual(x, TLanes.Broadcast(bound)), TLanes.Broadcast(value), x);
}

internal readonly struct Addition : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, y);
}

internal readonly struct Subtraction : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Subtract(x, y);
}

internal readonly struct Multiplication : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, y);
}

internal readonly struct Division : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Divide(x, y);
}

internal readonly struct Minimum : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Min(x, y);
}

internal readonly struct Maximum : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Max(x, y);
}

internal readonly struct ReluGradient : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Select(TLanes.LessOrEqual(y, TLanes.Zero), TLanes.Zero, x);
}

internal readonly struct SigmoidGradient : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, TLanes.Multiply(y, TLanes.Subtract(TLanes.Broadcast(1f), y)));
}

internal readonly struct TanhGradient : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, TLanes.Subtract(TLanes.Broadcast(1f), TLanes.Multiply(y, y)));
}

internal readonly struct AbsoluteGradient : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Multiply(x, default(SignOf).Apply<TLanes, TVector>(y));
}

internal readonly struct ScaledAddition(float factor) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, TLanes.Multiply(TLanes.Broadcast(factor), y));
}

internal readonly struct Interpolation(float weight) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Add(x, TLanes.Multiply(TLanes.Broadcast(weight), TLanes.Subtract(y, x)));
}

internal readonly struct EqualTo : IComparison
{
    public static bool Holds(float x, float y) => x == y;
}

internal readonly struct NotEqualTo : IComparison
{
    public static bool Holds(float x, float y) => x != y;
}

internal readonly struct LessThan : IComparison
{
    public static bool Holds(float x, float y) => x < y;
}

internal readonly struct LessThanOrEqualTo : IComparison
{
    public static bool Holds(float x, float y) => x <= y;
}
