using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>Reduces each coordinate of many updates, given its values in rising order with their weights.</summary>
internal static class SortedCoordinates
{
    public delegate double Reduction(ReadOnlySpan<float> values, ReadOnlySpan<double> weights);

    public static ParameterVector Reduce(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target, Reduction reduction)
    {
        var length = UpdateChecks.EnsureCombinable(updates);
        var values = new float[updates.Count];
        var weights = new double[updates.Count];
        var result = VectorMemory.Allocate(length);
        var reduced = VectorMemory.Numbers(result);
        for (var coordinate = 0; coordinate < length; coordinate++)
        {
            for (var position = 0; position < values.Length; position++)
            {
                var value = updates[position].Update.Span[coordinate];
                var discount = updates[position].Discount;
                (values[position], weights[position]) =
                    target == DiscountTarget.Update ? ((float)(discount * value), 1) : (value, discount);
            }

            Array.Sort(values, weights);
            reduced[coordinate] = (float)reduction(values, weights);
        }

        return ParameterVector.Adopt(result);
    }
}
