using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>
/// Max and average pooling over planes of pixels. Windows of two by two that do not overlap, as nearly all networks have them, are compared
/// a vector at a time; the others pixel by pixel.
/// </summary>
internal static unsafe class Pooling
{
    /// <summary>Maximum of each window, and its flat position within its input plane. Padding never wins; a NaN always does.</summary>
    public static void MaxForward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* x, float* y, long* indices)
    {
        // Positions are compared as floats on the fast path, which are exact up to 2^24.
        if ((kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth) == (2, 2, 2, 2, 0, 0) && height * width < 1 << 24)
        {
            MaxOfSquares(planes, height, width, x, y, indices);
            return;
        }

        var outHeight = (height + 2 * padHeight - kernelHeight) / strideHeight + 1;
        var outWidth = (width + 2 * padWidth - kernelWidth) / strideWidth + 1;
        for (long plane = 0; plane < planes; plane++, x += height * width)
        {
            for (var oh = 0; oh < outHeight; oh++)
            {
                var top = Math.Max(oh * strideHeight - padHeight, 0);
                var bottom = Math.Min(oh * strideHeight - padHeight + kernelHeight, height);
                for (var ow = 0; ow < outWidth; ow++)
                {
                    var left = Math.Max(ow * strideWidth - padWidth, 0);
                    var right = Math.Min(ow * strideWidth - padWidth + kernelWidth, width);
                    var best = float.NegativeInfinity;
                    var at = top * width + left;
                    for (var ih = top; ih < bottom; ih++)
                    {
                        for (var iw = left; iw < right; iw++)
                        {
                            var value = x[ih * width + iw];
                            if (value > best || float.IsNaN(value))
                            {
                                best = value;
                                at = ih * width + iw;
                            }
                        }
                    }

                    *y++ = best;
                    *indices++ = at;
                }
            }
        }
    }

    /// <summary>gradInput = 0, then gradInput[plane, indices] += gradOut.</summary>
    public static void MaxBackward(long planes, int inPlane, int outPlane, float* gradOut, long* indices, float* gradInput)
    {
        for (long plane = 0; plane < planes; plane++, gradOut += outPlane, indices += outPlane, gradInput += inPlane)
        {
            new Span<float>(gradInput, inPlane).Clear();
            for (var i = 0; i < outPlane; i++)
            {
                gradInput[indices[i]] += gradOut[i];
            }
        }
    }

    /// <summary>y = x[plane, indices]: the derivative of <see cref="MaxBackward"/>.</summary>
    public static void MaxGather(long planes, int inPlane, int outPlane, float* x, long* indices, float* y)
    {
        for (long plane = 0; plane < planes; plane++, y += outPlane, indices += outPlane, x += inPlane)
        {
            for (var i = 0; i < outPlane; i++)
            {
                y[i] = x[indices[i]];
            }
        }
    }

    /// <summary>Mean of each window; padding counts as zeros and, unless told otherwise, in the divisor.</summary>
    public static void AverageForward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* x, float* y, bool countPadding = true)
    {
        var outHeight = (height + 2 * padHeight - kernelHeight) / strideHeight + 1;
        var outWidth = (width + 2 * padWidth - kernelWidth) / strideWidth + 1;
        for (long plane = 0; plane < planes; plane++, x += height * width)
        {
            for (var oh = 0; oh < outHeight; oh++)
            {
                for (var ow = 0; ow < outWidth; ow++)
                {
                    var window = new PoolingWindow(
                        oh, ow, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth);
                    var sum = 0f;
                    for (var ih = window.Top; ih < window.Bottom; ih++)
                    {
                        for (var iw = window.Left; iw < window.Right; iw++)
                        {
                            sum += x[ih * width + iw];
                        }
                    }

                    *y++ = sum / window.Divisor(countPadding);
                }
            }
        }
    }

    /// <summary>Spreads each gradient evenly over its window.</summary>
    public static void AverageBackward(
        long planes, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth, float* gradOut, float* gradInput, bool countPadding = true)
    {
        var outHeight = (height + 2 * padHeight - kernelHeight) / strideHeight + 1;
        var outWidth = (width + 2 * padWidth - kernelWidth) / strideWidth + 1;
        for (long plane = 0; plane < planes; plane++, gradInput += height * width)
        {
            new Span<float>(gradInput, height * width).Clear();
            for (var oh = 0; oh < outHeight; oh++)
            {
                for (var ow = 0; ow < outWidth; ow++)
                {
                    var window = new PoolingWindow(
                        oh, ow, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth);
                    var share = *gradOut++ / window.Divisor(countPadding);
                    for (var ih = window.Top; ih < window.Bottom; ih++)
                    {
                        for (var iw = window.Left; iw < window.Right; iw++)
                        {
                            gradInput[ih * width + iw] += share;
                        }
                    }
                }
            }
        }
    }

    private static void MaxOfSquares(long planes, int height, int width, float* x, float* y, long* indices)
    {
        if (Lanes512.IsSupported)
        {
            MaxOfSquares<Lanes512, Vector512<float>>(planes, height, width, x, y, indices);
        }
        else if (Lanes256.IsSupported)
        {
            MaxOfSquares<Lanes256, Vector256<float>>(planes, height, width, x, y, indices);
        }
        else
        {
            MaxOfSquares<PortableLanes, Vector<float>>(planes, height, width, x, y, indices);
        }
    }

    private static void MaxOfSquares<TLanes, TVector>(long planes, int height, int width, float* x, float* y, long* indices)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var positions = stackalloc float[2 * TLanes.Count];
        for (var i = 0; i < 2 * TLanes.Count; i++)
        {
            positions[i] = i;
        }

        var even = TLanes.Even(TLanes.Load(positions), TLanes.Load(positions + TLanes.Count));
        for (long plane = 0; plane < planes; plane++, x += height * width)
        {
            for (var row = 0; row + 1 < height; row += 2)
            {
                var upper = x + row * width;
                for (var column = 0; column + 1 < width; column += 2 * TLanes.Count)
                {
                    var count = Math.Min(TLanes.Count, (width - column) / 2);
                    var (best, second) = Pairs<TLanes, TVector>(upper + column, 2 * count);
                    var (third, fourth) = Pairs<TLanes, TVector>(upper + width + column, 2 * count);
                    var at = TLanes.Add(even, TLanes.Broadcast(row * width + column));
                    var bestAt = at;
                    Take<TLanes, TVector>(ref best, ref bestAt, second, TLanes.Add(at, TLanes.Broadcast(1)));
                    Take<TLanes, TVector>(ref best, ref bestAt, third, TLanes.Add(at, TLanes.Broadcast(width)));
                    Take<TLanes, TVector>(ref best, ref bestAt, fourth, TLanes.Add(at, TLanes.Broadcast(width + 1)));
                    TLanes.StorePart(y, best, count);
                    TLanes.StorePartAsLongs(indices, bestAt, count);
                    y += count;
                    indices += count;
                }
            }
        }
    }

    /// <summary>Reads up to two vectors of a row and separates even from odd columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Even, TVector Odd) Pairs<TLanes, TVector>(float* source, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var first = count >= TLanes.Count ? TLanes.Load(source) : TLanes.LoadPart(source, count);
        var second = count > TLanes.Count ? TLanes.LoadPart(source + TLanes.Count, count - TLanes.Count) : TLanes.Zero;
        return (TLanes.Even(first, second), TLanes.Odd(first, second));
    }

    /// <summary>Takes the other value where it is larger or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<TLanes, TVector>(ref TVector best, ref TVector bestAt, TVector other, TVector otherAt)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var wins = TLanes.Or(TLanes.Less(best, other), TLanes.Not(TLanes.Equal(other, other)));
        best = TLanes.Select(wins, other, best);
        bestAt = TLanes.Select(wins, otherAt, bestAt);
    }
}
