namespace FedActors.Host.Hosts;

/// <summary>Why a host ends.</summary>
/// <param name="ExitCode">What the program ends with.</param>
/// <param name="Error">What the user is told on standard error, or null.</param>
internal sealed record NodeOutcome(int ExitCode, string? Error);
