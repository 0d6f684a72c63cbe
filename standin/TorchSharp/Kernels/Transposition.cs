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
