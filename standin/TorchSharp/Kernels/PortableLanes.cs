using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>Whatever vector the machine prefers: 4 floats on plain x64 and ARM.</summary>
internal readonly unsafe struct PortableLanes : ILanes<Vector<float>>
{
    public static int Count => Vector<float>.Count;

    public static int OuterRows => 4;

    public static int ChunkedRows => 0;

    public static int DotSide => 3;

    public static Vector<float> Zero => Vector<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(float* source) => Vector.Load(source);

    public static Vector<float> LoadPart(float* source, int count)
    {
        var result = Vector<float>.Zero;
        for (var i = 0; i < count; i++)
        {
            ((float*)&result)[i] = source[i];
        }

        return result;
    }

    public static Vector<float> LoadRange(float* source, int first, int end)
    {
        var result = Vector<float>.Zero;
        for (var i = first; i < end; i++)
        {
            ((float*)&result)[i] = source[i];
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector<float> value) => value.Store(destination);

    public static void StorePart(float* destination, Vector<float> value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            destination[i] = ((float*)&value)[i];
        }
    }

    public static Vector<float> LoadBytes(byte* source)
    {
        var result = Vector<float>.Zero;
        for (var i = 0; i < Count; i++)
        {
            ((float*)&result)[i] = source[i];
        }

        return result;
    }

    public static void StoreAsBytes(byte* destination, Vector<float> value)
    {
        for (var i = 0; i < Count; i++)
        {
            destination[i] = (byte)((float*)&value)[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MultiplyAdd(Vector<float> x, Vector<float> y, Vector<float> z) => x * y + z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector<float> value) => Vector.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAsDouble(Vector<float> value)
    {
        Vector.Widen(value, out var first, out var second);
        return Vector.Sum(first + second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> x, Vector<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Subtract(Vector<float> x, Vector<float> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Multiply(Vector<float> x, Vector<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Divide(Vector<float> x, Vector<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Negate(Vector<float> x) => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Abs(Vector<float> x) => Vector.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sqrt(Vector<float> x) => Vector.SquareRoot(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Floor(Vector<float> x) => Vector.Floor(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> PowerOfTwo(Vector<float> x)
        => Vector.ShiftLeft(Vector.ConvertToInt32(x) + new Vector<int>(127), 23).As<int, float>();

    public static Vector<float> Log(Vector<float> x) => Vector.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Min(Vector<float> x, Vector<float> y) => Vector.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Max(Vector<float> x, Vector<float> y) => Vector.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Equal(Vector<float> x, Vector<float> y) => Vector.Equals<float>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Less(Vector<float> x, Vector<float> y) => Vector.LessThan<float>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> LessOrEqual(Vector<float> x, Vector<float> y) => Vector.LessThanOrEqual<float>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Select(Vector<float> mask, Vector<float> x, Vector<float> y)
        => Vector.ConditionalSelect(mask.As<float, int>(), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Not(Vector<float> mask) => ~mask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Or(Vector<float> x, Vector<float> y) => x | y;

    public static Vector<float> Even(Vector<float> first, Vector<float> second) => EverySecond(first, second, 0);

    public static Vector<float> Odd(Vector<float> first, Vector<float> second) => EverySecond(first, second, 1);

    public static Vector<float> Permute(Vector<float> first, Vector<float> second, Vector<float> indices)
    {
        var result = Vector<float>.Zero;
        for (var i = 0; i < Count; i++)
        {
            var index = ((int*)&indices)[i];
            ((float*)&result)[i] = index < Count ? ((float*)&first)[index] : ((float*)&second)[index - Count];
        }

        return result;
    }

    public static (Vector<float> First, Vector<float> Second) Interleave(Vector<float> even, Vector<float> odd)
    {
        var both = stackalloc float[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            both[2 * i] = ((float*)&even)[i];
            both[2 * i + 1] = ((float*)&odd)[i];
        }

        return (Vector.Load(both), Vector.Load(both + Count));
    }

    private static Vector<float> EverySecond(Vector<float> first, Vector<float> second, int start)
    {
        var result = Vector<float>.Zero;
        for (var i = 0; i < Count / 2; i++)
        {
            ((float*)&result)[i] = ((float*)&first)[2 * i + start];
            ((float*)&result)[Count / 2 + i] = ((float*)&second)[2 * i + start];
        }

        return result;
    }
}
