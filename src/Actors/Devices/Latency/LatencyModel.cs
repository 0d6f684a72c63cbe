using FedActors.Actors.Settings;
using FedActors.Models.Data;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Devices;

/// <summary>How long every device takes from assignment to arrival of its update.</summary>
public sealed class LatencyModel
{
    /// <summary>Longest latency; far below what would overflow a date, however far a draw lies out.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(100_000);

    private readonly TimeSpan[] _medians;
    private readonly LatencyJitter _jitter;

    /// <summary>A model.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="shards">The images of each client, which a device of a trace takes its time for.</param>
    /// <param name="slow">The slow clients.</param>
    /// <param name="modelBytes">Size of the parameters.</param>
    /// <param name="trace">The speeds of ordinary devices; null where <c>devices.latency</c> is theirs.</param>
    public LatencyModel(
        FederationSettings settings, ClientShards shards, IReadOnlySet<int> slow, long modelBytes, DeviceTrace? trace)
    {
        var devices = settings.Devices;
        _jitter = new LatencyJitter(settings.Seed, devices.Jitter);
        _medians = [.. Enumerable.Range(0, shards.Count).Select(Median)];

        TimeSpan Median(int client)
        {
            if (settings.Staleness.Policy is Fresh)
            {
                return TimeSpan.Zero;
            }

            if (slow.Contains(client))
            {
                return devices.Slow.Latency;
            }

            return trace is null
                ? devices.Latency
                : Bounded(trace.Of(client).Seconds(shards[client].Length, settings.Training.Epochs, modelBytes) * TimeSpan.TicksPerSecond);
        }
    }

    /// <summary>The latency of an assignment.</summary>
    /// <param name="client">The number of the client, from 0.</param>
    /// <param name="assignment">The id of the assignment.</param>
    public TimeSpan Of(int client, long assignment) => Scale(_medians[client], _jitter.Of(client, assignment));

    /// <summary>The median of a client's latencies.</summary>
    /// <param name="client">The number of the client, from 0.</param>
    public TimeSpan Typical(int client) => Scale(_medians[client], _jitter.Typical(client));

    // A factor of 1 leaves every bit as it is; zero times an infinite draw is still zero.
    private static TimeSpan Scale(TimeSpan latency, double factor) =>
        factor == 1 || latency == TimeSpan.Zero ? latency : Bounded(latency.Ticks * factor);

    private static TimeSpan Bounded(double ticks) =>
        ticks < Longest.Ticks ? TimeSpan.FromTicks((long)Math.Round(ticks)) : Longest;
}
