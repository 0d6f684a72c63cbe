namespace FedActors.Actors.Devices;

/// <summary>Local training threw.</summary>
public sealed class TrainingFailedException(Exception cause)
    : Exception($"Local training failed: {cause.Message}", cause);
