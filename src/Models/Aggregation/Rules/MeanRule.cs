using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>The plain mean: every client counts the same.</summary>
public sealed class MeanRule : IAggregationRule
{
    /// <inheritdoc/>
    public string Name => "mean";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// With d the discounts: Σ d·Δ / n for <see cref="DiscountTarget.Update"/>, Σ d·Δ / Σ d for
    /// <see cref="DiscountTarget.Weight"/> (zero where all d are).
    /// </summary>
    /// <inheritdoc/>
    public ParameterVector Combine(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target)
    {
        UpdateChecks.EnsureCombinable(updates);
        var weights = updates.Select(update => update.Discount).ToArray();
        var divisor = target == DiscountTarget.Update ? updates.Count : weights.Sum();
        return WeightedSum.Over(updates, weights, divisor);
    }
}
