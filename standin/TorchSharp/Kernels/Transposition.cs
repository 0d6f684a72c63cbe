using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Kernels;

/// <summary>
/// Transposes by squares as wide as a vector: interleaving the upper with the lower half of the rows, as often as the width can be halved,
/// moves every element to its place, and both sides are read and written by whole vectors.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>destination[j, i] = source[i, j] for <paramref name="rows"/> × <paramref name="columns"/> of the source.</summary>
    public static void Run(float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns)
    {
        if (Lanes512.IsSupported)
        {
            Run<Lanes512, Vector512<float>>(source, sourceStride, destination, destinationStride, rows, columns);
        }
        else if (Lanes256.IsSupported)
        {
            Run<Lanes256, Vector256<float>>(source, sourceStride, destination, destinationStride, rows, columns);
        }
        else
        {
            Run<PortableLanes, Vector<float>>(source, sourceStride, destination, destinationStride, rows, columns);
        }
    }

    /// <inheritdoc cref="Run(float*, nint, float*, nint, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run<TLanes, TVector>(
        float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TLanes.Count;
        var squares = stackalloc float[3 * side * side];
        for (var row = 0; row < rows; row += side)
        {
            var height = Math.Min(side, rows - row);
            for (var column = 0; column < columns; column += side)
            {
                var width = Math.Min(side, columns - column);
                var from = source + row * sourceStride + column;
                var to = destination + column * destinationStride + row;
                if (height == side && width == side)
                {
                    Turn<TLanes, TVector>(from, sourceStride, to, destinationStride, squares);
                }
                else
                {
                    TurnPart<TLanes, TVector>(from, sourceStride, to, destinationStride, squares, height, width);
                }
            }
        }
    }

    private static void TurnPart<TLanes, TVector>(
        float* from, nint fromStride, float* to, nint toStride, float* squares, int height, int width)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TLanes.Count;
        for (var i = 0; i < side; i++)
        {
            TLanes.Store(squares + i * side, i < height ? TLanes.LoadPart(from + i * fromStride, width) : TLanes.Zero);
        }

        var turned = squares + side * side;
        Turn<TLanes, TVector>(squares, side, turned, side, turned + side * side);
        for (var j = 0; j < width; j++)
        {
            TLanes.StorePart(to + j * toStride, TLanes.Load(turned + j * side), height);
        }
    }

    /// <summary>Two halvings at a time, since what passes through memory is then half as much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<TLanes, TVector>(float* from, nint fromStride, float* to, nint toStride, float* between)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TLanes.Count;
        switch (side)
        {
            case 16 when typeof(TLanes) == typeof(Lanes512):
                TurnSixteen(from, fromStride, to, toStride);
                break;
            case 8 when typeof(TLanes) == typeof(Lanes256):
                TurnEight(from, fromStride, to, toStride);
                break;
            case 4:
                InterleaveTwice<TLanes, TVector>(from, fromStride, to, toStride);
                break;
            case 8:
                InterleaveTwice<TLanes, TVector>(from, fromStride, between, side);
                InterleaveOnce<TLanes, TVector>(between, side, to, toStride);
                break;
            case 16:
                InterleaveTwice<TLanes, TVector>(from, fromStride, between, side);
                InterleaveTwice<TLanes, TVector>(between, side, to, toStride);
                break;
            default:
                throw new NotSupportedException($"vectors of {side} floats");
        }
    }

    /// <summary>
    /// A square of sixteen fits the registers of AVX-512: rows are read by quarters to where their squares of four can be turned in place.
    /// All quarters of a row are read before the next rows are: rows a power of two apart would drive each other out of the cache.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnSixteen(float* from, nint fromStride, float* to, nint toStride)
    {
        var next = 4 * fromStride;
        var first0 = ReadQuarters(from, next);
        var second0 = ReadQuarters(from + 4, next);
        var third0 = ReadQuarters(from + 8, next);
        var fourth0 = ReadQuarters(from + 12, next);
        from += fromStride;
        var first1 = ReadQuarters(from, next);
        var second1 = ReadQuarters(from + 4, next);
        var third1 = ReadQuarters(from + 8, next);
        var fourth1 = ReadQuarters(from + 12, next);
        from += fromStride;
        var first2 = ReadQuarters(from, next);
        var second2 = ReadQuarters(from + 4, next);
        var third2 = ReadQuarters(from + 8, next);
        var fourth2 = ReadQuarters(from + 12, next);
        from += fromStride;
        var first3 = ReadQuarters(from, next);
        var second3 = ReadQuarters(from + 4, next);
        var third3 = ReadQuarters(from + 8, next);
        var fourth3 = ReadQuarters(from + 12, next);
        TurnQuarters(first0, first1, first2, first3, to, toStride);
        TurnQuarters(second0, second1, second2, second3, to + 4 * toStride, toStride);
        TurnQuarters(third0, third1, third2, third3, to + 8 * toStride, toStride);
        TurnQuarters(fourth0, fourth1, fourth2, fourth3, to + 12 * toStride, toStride);
    }

    /// <summary>Four elements from each of four rows that are <paramref name="next"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReadQuarters(float* from, nint next)
    {
        var result = Vector128.Load(from).ToVector256Unsafe().ToVector512Unsafe();
        result = Avx512F.InsertVector128(result, Vector128.Load(from + next), 1);
        result = Avx512F.InsertVector128(result, Vector128.Load(from + 2 * next), 2);
        return Avx512F.InsertVector128(result, Vector128.Load(from + 3 * next), 3);
    }

    /// <summary>Turns the four squares of four in four vectors, each where it lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnQuarters(
        Vector512<float> row0, Vector512<float> row1, Vector512<float> row2, Vector512<float> row3, float* to, nint toStride)
    {
        var low01 = Avx512F.UnpackLow(row0, row1);
        var high01 = Avx512F.UnpackHigh(row0, row1);
        var low23 = Avx512F.UnpackLow(row2, row3);
        var high23 = Avx512F.UnpackHigh(row2, row3);
        Avx512F.Shuffle(low01, low23, 0b01_00_01_00).Store(to);
        Avx512F.Shuffle(low01, low23, 0b11_10_11_10).Store(to + toStride);
        Avx512F.Shuffle(high01, high23, 0b01_00_01_00).Store(to + 2 * toStride);
        Avx512F.Shuffle(high01, high23, 0b11_10_11_10).Store(to + 3 * toStride);
    }

    /// <summary>A square of eight fits the registers: pairs of rows, then of pairs, then of halves change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnEight(float* from, nint fromStride, float* to, nint toStride)
    {
        TurnHalf(from, fromStride, out var upper0, out var upper1, out var upper2, out var upper3);
        TurnHalf(from + 4 * fromStride, fromStride, out var lower0, out var lower1, out var lower2, out var lower3);
        Avx.Permute2x128(upper0, lower0, 0x20).Store(to);
        Avx.Permute2x128(upper1, lower1, 0x20).Store(to + toStride);
        Avx.Permute2x128(upper2, lower2, 0x20).Store(to + 2 * toStride);
        Avx.Permute2x128(upper3, lower3, 0x20).Store(to + 3 * toStride);
        to += 4 * toStride;
        Avx.Permute2x128(upper0, lower0, 0x31).Store(to);
        Avx.Permute2x128(upper1, lower1, 0x31).Store(to + toStride);
        Avx.Permute2x128(upper2, lower2, 0x31).Store(to + 2 * toStride);
        Avx.Permute2x128(upper3, lower3, 0x31).Store(to + 3 * toStride);
    }

    /// <summary>Turns the two squares of four in four rows of eight, each where it lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnHalf(
        float* from,
        nint stride,
        out Vector256<float> first,
        out Vector256<float> second,
        out Vector256<float> third,
        out Vector256<float> fourth)
    {
        var row0 = Vector256.Load(from);
        var row1 = Vector256.Load(from + stride);
        var row2 = Vector256.Load(from + 2 * stride);
        var row3 = Vector256.Load(from + 3 * stride);
        var low01 = Avx.UnpackLow(row0, row1);
        var high01 = Avx.UnpackHigh(row0, row1);
        var low23 = Avx.UnpackLow(row2, row3);
        var high23 = Avx.UnpackHigh(row2, row3);
        first = Avx.Shuffle(low01, low23, 0b01_00_01_00);
        second = Avx.Shuffle(low01, low23, 0b11_10_11_10);
        third = Avx.Shuffle(high01, high23, 0b01_00_01_00);
        fourth = Avx.Shuffle(high01, high23, 0b11_10_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InterleaveOnce<TLanes, TVector>(float* from, nint fromStride, float* to, nint toStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var half = TLanes.Count / 2;
        for (var i = 0; i < half; i++, from += fromStride, to += 2 * toStride)
        {
            var (first, second) = TLanes.Interleave(TLanes.Load(from), TLanes.Load(from + half * fromStride));
            TLanes.Store(to, first);
            TLanes.Store(to + toStride, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InterleaveTwice<TLanes, TVector>(float* from, nint fromStride, float* to, nint toStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var quarter = TLanes.Count / 4 * fromStride;
        for (var i = 0; i < TLanes.Count / 4; i++, from += fromStride, to += 4 * toStride)
        {
            var (first, second) = TLanes.Interleave(TLanes.Load(from), TLanes.Load(from + 2 * quarter));
            var (third, fourth) = TLanes.Interleave(TLanes.Load(from + quarter), TLanes.Load(from + 3 * quarter));
            var (upper0, upper1) = TLanes.Interleave(first, third);
            var (lower0, lower1) = TLanes.Interleave(second, fourth);
            TLanes.Store(to, upper0);
            TLanes.Store(to + toStride, upper1);
            TLanes.Store(to + 2 * toStride, lower0);
            TLanes.Store(to + 3 * toStride, lower1);
        }
    }
}
