using System.Collections.Immutable;
using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>What a server optimiser remembers between steps. Immutable, so that a journal can save it at any time.</summary>
/// <param name="Steps">How many steps were taken.</param>
/// <param name="Moments">The vectors that the optimiser keeps; which ones is its own matter.</param>
public sealed record ServerOptimizerState(long Steps, ImmutableArray<ParameterVector> Moments);
