using FedActors.Models.Parameters;

namespace FedActors.Models.Staleness;

/// <summary>An update as it arrives, with what a policy may want to know of it.</summary>
/// <param name="Update">Δ, what the client sent.</param>
/// <param name="Staleness">τ in versions, at least 0: the current version less the one that the client started from.</param>
/// <param name="Start">w_v, the parameters that the client started from.</param>
/// <param name="Current">w_t, the parameters that the update will be added to.</param>
public sealed record ArrivedUpdate(ParameterVector Update, long Staleness, ParameterVector Start, ParameterVector Current);
