using FedActors.Actors.Settings;
using FedActors.Models.Randomness;

namespace FedActors.Actors.Devices;

/// <summary>The factors by which latencies scatter. Each is a function of (seed, client, assignment), never of timing.</summary>
public sealed class LatencyJitter(ulong seed, JitterSettings settings)
{
    /// <summary>The factor of an assignment.</summary>
    public double Of(int client, long assignment) => settings.Of == JitterScope.Device
        ? OfDevice(client)
        : Draw(Seeds.Derive(seed, "latency of assignment", client, assignment));

    /// <summary>The median factor of a client's assignments: 1, or what was drawn for its device.</summary>
    public double Typical(int client) => settings.Of == JitterScope.Device ? OfDevice(client) : 1;

    private double OfDevice(int client) => Draw(Seeds.Derive(seed, "latency of device", client));

    private double Draw(ulong drawSeed) => settings.Distribution switch
    {
        JitterDistribution.None => 1,
        JitterDistribution.Uniform => 1 + (settings.Spread * ((2 * new SeededRandom(drawSeed).NextDouble()) - 1)),
        JitterDistribution.LogNormal => Math.Exp(settings.Sigma * new SeededRandom(drawSeed).NextGaussian()),
        var other => throw new InvalidOperationException($"There is no distribution '{other}'."),
    };
}
