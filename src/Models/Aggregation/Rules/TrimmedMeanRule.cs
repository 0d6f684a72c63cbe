using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>The mean of each coordinate without its greatest and smallest values (Yin et al., 2018).</summary>
public sealed class TrimmedMeanRule : IAggregationRule
{
    private readonly double _fraction;

    /// <summary>Trims a fraction from either end.</summary>
    /// <param name="fraction">From 0 to below 0.5; its product with the number of updates is rounded down. Default 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside [0, 0.5).</exception>
    public TrimmedMeanRule(double fraction = 0.1)
    {
        if (!(fraction >= 0 && fraction < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction trimmed from either end lies in [0, 0.5).");
        }

        _fraction = fraction;
    }

    /// <inheritdoc/>
    public string Name => "trimmed-mean";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_fraction:R})";

    /// <summary>
    /// The mean of what is left of d·Δ for <see cref="DiscountTarget.Update"/>; of Δ under weights d for
    /// <see cref="DiscountTarget.Weight"/> (zero where all d that are left are).
    /// </summary>
    /// <inheritdoc/>
    public ParameterVector Combine(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target) =>
        SortedCoordinates.Reduce(updates, target, Mean);

    private double Mean(ReadOnlySpan<float> values, ReadOnlySpan<double> weights)
    {
        // The small addend keeps a product such as 0.29 · 100 from falling just short of the whole number that is meant.
        var trimmed = Math.Min((values.Length - 1) / 2, (int)((_fraction * values.Length) + 1e-9));
        var sum = 0.0;
        var total = 0.0;
        for (var position = trimmed; position < values.Length - trimmed; position++)
        {
            sum += weights[position] * values[position];
            total += weights[position];
        }

        return total == 0 ? 0 : sum / total;
    }
}
