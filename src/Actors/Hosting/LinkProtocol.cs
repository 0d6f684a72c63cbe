using FedActors.Actors.Devices;
using FedActors.Actors.Serialization;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Hosting;

/// <summary>
/// The conversation between the uplink of a host with devices and the downlink beside the aggregator. The messages of
/// <see cref="ClientProtocol"/> pass through both; those with vectors travel as references, except for reports that one
/// frame holds.
/// </summary>
public static class LinkProtocol
{
    /// <summary>Uplink to seat or downlink: this host takes part. Repeated for as long as it does.</summary>
    /// <param name="Host">What the host calls itself.</param>
    /// <param name="Clients">The numbers of the clients it carries; none on a host that only listens.</param>
    /// <param name="Settings">What it runs, as <see cref="SettingsManifest.Lines"/>.</param>
    public sealed record Register(string Host, int[] Clients, string[] Settings) : IWireMessage;

    /// <summary>Downlink to uplink: you take part.</summary>
    public sealed record Registered(string Run) : IWireMessage;

    /// <summary>Downlink to uplink: not now; go on asking.</summary>
    public sealed record Postponed(string Reason) : IWireMessage;

    /// <summary>Downlink to uplink: you can't take part, for these reasons.</summary>
    public sealed record Refused(string[] Differences) : IWireMessage;

    /// <summary>Downlink to uplink: let every client join.</summary>
    public sealed record CallRoll(string Run) : IWireMessage;

    /// <summary>
    /// Uplink to downlink, with the transfer actor that has the update as sender: a client's report. Repeated by the client
    /// until answered.
    /// </summary>
    public sealed record ReportReady(
        long AssignmentId, int Client, long BaseVersion, int SampleCount, VectorReference Update, TrainingMetrics Metrics)
        : IWireMessage;

    /// <summary>Downlink to uplink, with the transfer actor that has it as sender: where a version can be pulled.</summary>
    public sealed record VersionReady(long Version, VectorReference Parameters) : IWireMessage;

    /// <summary>Downlink to uplink: the run has ended. Repeated until answered.</summary>
    /// <param name="Succeeded">Whether it was finished.</param>
    /// <param name="Message">How it ended, for people.</param>
    public sealed record RunEnded(bool Succeeded, string Message) : IWireMessage;

    /// <summary>Uplink to downlink: I know that the run has ended.</summary>
    public sealed record EndHeard(string Host) : IWireMessage;
}
