using FedActors.Models.Parameters;

namespace FedActors.Actors.Corrector;

/// <summary>A client's update with what is needed to invert it.</summary>
/// <param name="AssignmentId">Its assignment.</param>
/// <param name="Client">Who computed it.</param>
/// <param name="BaseVersion">v, the version it started from.</param>
/// <param name="Samples">Images the client trained on.</param>
/// <param name="Start">w_v; null where that version is no longer held, so that the update can't be inverted.</param>
/// <param name="Delta">Δ.</param>
public sealed record StaleUpdate(
    long AssignmentId, int Client, long BaseVersion, int Samples, ParameterVector? Start, ParameterVector Delta);
