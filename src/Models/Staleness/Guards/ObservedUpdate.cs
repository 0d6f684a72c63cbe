namespace FedActors.Models.Staleness.Guards;

/// <summary>What is remembered of an update that arrived.</summary>
/// <param name="Client">Who sent it.</param>
/// <param name="BaseVersion">v, the version it started from.</param>
/// <param name="Staleness">τ at its arrival.</param>
/// <param name="Sketch">Its direction.</param>
public sealed record ObservedUpdate(int Client, long BaseVersion, long Staleness, UpdateSketch Sketch);
