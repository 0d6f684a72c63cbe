using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedActors.Models.Parameters;

/// <summary>Sums over vectors in one fixed order, accumulated in float64.</summary>
/// <remarks>
/// Library reductions choose their order by register width and by the alignment of the array, which the garbage
/// collector changes from run to run. Eight lanes of a fixed width, added in a fixed order, give the same bits always.
/// </remarks>
internal static class OrderedSums
{
    public static double OfProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        var leftBlocks = MemoryMarshal.Cast<float, Vector256<float>>(left);
        var rightBlocks = MemoryMarshal.Cast<float, Vector256<float>>(right);
        for (var block = 0; block < leftBlocks.Length; block++)
        {
            var (leftLow, leftHigh) = Vector256.Widen(leftBlocks[block]);
            var (rightLow, rightHigh) = Vector256.Widen(rightBlocks[block]);
            low += leftLow * rightLow;
            high += leftHigh * rightHigh;
        }

        var sum = SumLanes(low, high);
        for (var index = leftBlocks.Length * Vector256<float>.Count; index < left.Length; index++)
        {
            sum += (double)left[index] * right[index];
        }

        return sum;
    }

    public static double OfMagnitudes(ReadOnlySpan<float> values)
    {
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        var blocks = MemoryMarshal.Cast<float, Vector256<float>>(values);
        foreach (var block in blocks)
        {
            var (blockLow, blockHigh) = Vector256.Widen(Vector256.Abs(block));
            low += blockLow;
            high += blockHigh;
        }

        var sum = SumLanes(low, high);
        for (var index = blocks.Length * Vector256<float>.Count; index < values.Length; index++)
        {
            sum += Math.Abs((double)values[index]);
        }

        return sum;
    }

    // Vector256.Sum leaves the order of its additions to the machine.
    private static double SumLanes(Vector256<double> low, Vector256<double> high)
    {
        var lanes = low + high;
        return lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
    }
}
