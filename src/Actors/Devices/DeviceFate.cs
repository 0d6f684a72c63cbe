using FedActors.Actors.Settings;
using FedActors.Models.Randomness;

namespace FedActors.Actors.Devices;

/// <summary>
/// What befalls a device. Each draw is a function of (seed, client, assignment), never of timing, so that a run with
/// failures has the same bits every time.
/// </summary>
public sealed class DeviceFate(ulong seed, DropoutSettings dropout)
{
    /// <summary>Whether the device vanishes with the assignment.</summary>
    public bool GoesOffline(int client, long assignment) =>
        dropout.Offline > 0 && Draw("offline", client, assignment, 0) < dropout.Offline;

    /// <summary>Whether the attempt that follows <paramref name="crashes"/> simulated crashes crashes too.</summary>
    public bool Crashes(int client, long assignment, int crashes) =>
        dropout.Crash > 0 && Draw("crash", client, assignment, crashes) < dropout.Crash;

    private double Draw(string purpose, int client, long assignment, int attempt) =>
        new SeededRandom(Seeds.Derive(seed, purpose, client, assignment, attempt)).NextDouble();
}
