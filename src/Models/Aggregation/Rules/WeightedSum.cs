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
        var result = new float[length];
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

            for (var index = 0; index < block.Length; index++)
            {
                result[start + index] = (float)(block[index] / divisor);
            }
        }

        return ParameterVector.Adopt(result);
    }

    private static void Add(Span<double> sums, ReadOnlySpan<float> update, double weight)
    {
        for (var index = 0; index < sums.Length; index++)
        {
            sums[index] += weight * update[index];
        }
    }
}
