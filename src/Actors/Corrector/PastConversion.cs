using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Corrector;

/// <summary>A conversion that can be judged once the true update arrives.</summary>
/// <param name="Version">t, the version whose update was estimated.</param>
/// <param name="Reconstruction">What the estimate was made from.</param>
/// <param name="Stale">The stale update that the estimate replaced.</param>
public sealed record PastConversion(long Version, Reconstruction Reconstruction, ParameterVector Stale);
