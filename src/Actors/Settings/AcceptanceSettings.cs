namespace FedActors.Actors.Settings;

/// <summary>Which updates are refused before they can touch anything.</summary>
/// <param name="MaxNorm">Largest L2 norm of an update that is accepted; null accepts any finite one.</param>
public sealed record AcceptanceSettings(double? MaxNorm);
