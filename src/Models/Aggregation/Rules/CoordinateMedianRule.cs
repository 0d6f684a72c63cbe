using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>The median of each coordinate, which fewer than half of the clients can't move far (Yin et al., 2018).</summary>
public sealed class CoordinateMedianRule : IAggregationRule
{
    /// <inheritdoc/>
    public string Name => "median";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// The median of d·Δ for <see cref="DiscountTarget.Update"/>; for <see cref="DiscountTarget.Weight"/> the median of
    /// Δ under weights d: where the weights up to a value reach half of all (zero where all d are). Between two middle
    /// values, their mean.
    /// </summary>
    /// <inheritdoc/>
    public ParameterVector Combine(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target) =>
        SortedCoordinates.Reduce(updates, target, Median);

    private static double Median(ReadOnlySpan<float> values, ReadOnlySpan<double> weights)
    {
        var half = 0.0;
        foreach (var weight in weights)
        {
            half += weight / 2;
        }

        if (half == 0)
        {
            return 0;
        }

        var reached = 0.0;
        for (var position = 0; position < values.Length; position++)
        {
            reached += weights[position];
            if (reached > half)
            {
                return values[position];
            }

            if (reached == half)
            {
                return ((double)values[position] + NextWeighted(values, weights, position)) / 2;
            }
        }

        return values[^1];
    }

    private static float NextWeighted(ReadOnlySpan<float> values, ReadOnlySpan<double> weights, int position)
    {
        for (var next = position + 1; next < values.Length; next++)
        {
            if (weights[next] > 0)
            {
                return values[next];
            }
        }

        return values[position];
    }
}
