using FedActors.Models.Aggregation;

namespace FedActors.Actors.Settings;

/// <summary>How updates become a new version.</summary>
/// <param name="Rule">Combines the updates of a round.</param>
/// <param name="ServerOptimizer">Applies the combined update to the global model.</param>
public sealed record AggregationSettings(IAggregationRule Rule, IServerOptimizer ServerOptimizer);
