using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
