using FedActors.Models.Parameters;

namespace FedActors.Actors.Aggregator;

/// <summary>An accepted update at the moment it arrives.</summary>
/// <param name="Assignment">Its assignment.</param>
/// <param name="Delivered">The update.</param>
/// <param name="Start">The parameters that the client started from.</param>
/// <param name="Staleness">τ in versions.</param>
/// <param name="IsPending">Whether it goes to the corrector before it enters the buffer.</param>
public sealed record Arrival(
    Assignment Assignment, AssignmentOutcome.Delivered Delivered, ParameterVector Start, long Staleness, bool IsPending);
