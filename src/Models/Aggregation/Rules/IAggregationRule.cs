using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Models.Aggregation;

/// <summary>Makes one update out of many. Implementations are pure, and add in the order of the list.</summary>
public interface IAggregationRule
{
    /// <summary>The name in settings, for example <c>mean</c>.</summary>
    string Name { get; }

    /// <summary>Combines updates into the one that the server applies.</summary>
    /// <param name="updates">The updates, at least one, all equally long.</param>
    /// <param name="target">What the discounts multiply.</param>
    /// <returns>The aggregate, as long as each update.</returns>
    /// <exception cref="ArgumentException">There are no updates, lengths differ, or a weight or discount is impossible.</exception>
    ParameterVector Combine(IReadOnlyList<WeightedUpdate> updates, DiscountTarget target);
}
