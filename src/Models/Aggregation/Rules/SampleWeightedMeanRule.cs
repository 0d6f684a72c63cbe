using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>The mean in which every sample counts the same, as in FedAvg (McMahan et al., 2017).</summary>
public sealed class SampleWeightedMeanRule : IAggregationRule
{
    /// <inheritdoc/>
    public string Name => "sample-weighted-mean";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// With m the samples and d the discounts: Σ m·d·Δ / Σ m for <see cref="DiscountTarget.Update"/>,
    /// Σ m·d·Δ / Σ m·d for <see cref="DiscountTarget.Weight"/> (zero where all d are).
    /// </summary>
    /// <inheritdoc/>
    public ParameterVector Combine(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target)
    {
        UpdateChecks.EnsureCombinable(updates);
        var weights = updates.Select(update => update.Samples * update.Discount).ToArray();
        var divisor = target == DiscountTarget.Update ? updates.Sum(update => (double)update.Samples) : weights.Sum();
        return WeightedSum.Over(updates, weights, divisor);
    }
}
