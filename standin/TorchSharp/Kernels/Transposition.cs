using System.Numerics;
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
    public static void Run<TLanes, TVector>(
        float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TLanes.Count;
        var squares = stackalloc float[2 * side * side];
        for (var row = 0; row < rows; row += side)
        {
            var height = Math.Min(side, rows - row);
            for (var column = 0; column < columns; column += side)
            {
                var width = Math.Min(side, columns - column);
                var from = source + row * sourceStride + column;
                for (var i = 0; i < side; i++)
                {
                    var value = i < height ? TLanes.LoadPart(from + i * sourceStride, width) : TLanes.Zero;
                    TLanes.Store(squares + i * side, value);
                }

                var turned = Turn<TLanes, TVector>(squares, squares + side * side);
                var to = destination + column * destinationStride + row;
                for (var j = 0; j < width; j++)
                {
                    TLanes.StorePart(to + j * destinationStride, TLanes.Load(turned + j * side), height);
                }
            }
        }
    }

    private static float* Turn<TLanes, TVector>(float* square, float* spare)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TLanes.Count;
        for (var halvings = side; halvings > 1; halvings /= 2)
        {
            for (var i = 0; i < side / 2; i++)
            {
                var (first, second) = TLanes.Interleave(TLanes.Load(square + i * side), TLanes.Load(square + (i + side / 2) * side));
                TLanes.Store(spare + 2 * i * side, first);
                TLanes.Store(spare + (2 * i + 1) * side, second);
            }

            var done = spare;
            spare = square;
            square = done;
        }

        return square;
    }
}
