namespace FedActors.Actors.Devices;

/// <summary>Thrown by a trainer whose device was drawn to crash (setting <c>devices.dropout.crash</c>).</summary>
public sealed class SimulatedCrashException(int client, long assignment)
    : Exception($"Client {client} was drawn to crash on assignment {assignment}.");
