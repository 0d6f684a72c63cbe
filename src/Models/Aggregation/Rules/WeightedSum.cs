using System.Numerics;
using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>Weighted sums of updates, accumulated in float64 and always in list order.</summary>
internal static class WeightedSum
{
    // Small enough for the accumulators to stay in the first-level cache.
    private const int BlockLength = 1024;

    /// <summary>Σ weight·update / divisor, or zeros where the divisor is zero: nothing that counts was sent.</summary>
    public static ParameterVector Over(IReadOnlyList<WeightedUpdate> updates, ReadOnlySpan<double> weights, double divisor)
    {
        var length = updates[0].Update.Length;
        var result = VectorMemory.AllocateZeros(length);
        if (divisor == 0)
        {
            return ParameterVector.Adopt(result);
        }

        Span<double> sums = stackalloc double[BlockLength];
        for (var start = 0; start < length; start += BlockLength)
        {
            var block = sums[..Math.Min(BlockLength, length - start)];
            block.Clear();
            for (var position = 0; position < updates.Count; position++)
            {
                Add(block, updates[position].Update.Span.Slice(start, block.Length), weights[position]);
            }

            Divide(block, divisor, VectorMemory.Numbers(result).Slice(start, block.Length));
        }

        return ParameterVector.Adopt(result);
    }

    // Each coordinate is a sum of its own, so that the width of the registers does not show in the result.
    private static void Add(Span<double> sums, ReadOnlySpan<float> update, double weight)
    {
        var weights = new Vector<double>(weight);
        var index = 0;
        for (; index <= sums.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(update[index..]), out var first, out var second);
            var low = sums[index..];
            var high = sums[(index + Vector<double>.Count)..];
            (new Vector<double>(low) + (weights * first)).CopyTo(low);
            (new Vector<double>(high) + (weights * second)).CopyTo(high);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] += weight * update[index];
        }
    }

    private static void Divide(ReadOnlySpan<double> sums, double divisor, Span<float> result)
    {
        var divisors = new Vector<double>(divisor);
        var index = 0;
        for (; index <= sums.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector.Narrow(
                new Vector<double>(sums[index..]) / divisors,
                new Vector<double>(sums[(index + Vector<double>.Count)..]) / divisors).CopyTo(result[index..]);
        }

        for (; index < sums.Length; index++)
        {
            result[index] = (float)(sums[index] / divisor);
        }
    }
}
