using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// e^x in float, within two units of the last place, and exactly 1 at 0 (which the framework's vector form is not). x = n·ln 2 + r with |r|
/// at most half of ln 2; e^r is a polynomial with the coefficients of Cephes (S. Moshier), and 2^n is put into the exponent bits, in two
/// factors so that results next to overflow and below the normal range come out right.
/// </summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Beyond these bounds the result is infinite or zero.
        x = TLanes.Max(TLanes.Min(x, TLanes.Broadcast(89f)), TLanes.Broadcast(-104f));
        var n = TLanes.Floor(TLanes.MultiplyAdd(x, TLanes.Broadcast(Log2E), TLanes.Broadcast(0.5f)));
        var r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);

        var p = TLanes.Broadcast(1.9875691500e-4f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.3981999507e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(8.3334519073e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(4.1665795894e-2f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.6666665459e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(5.0000001201e-1f));
        p = TLanes.Add(TLanes.MultiplyAdd(TLanes.Multiply(p, r), r, r), TLanes.Broadcast(1f));

        var half = TLanes.Floor(TLanes.Multiply(n, TLanes.Broadcast(0.5f)));
        return TLanes.Multiply(TLanes.Multiply(p, TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(TLanes.Subtract(n, half)));
    }
}
