using Akka.Actor;

namespace FedActors.Actors.Hosting;

/// <summary>What the actors of a host tell the host itself, so that it can say what goes on. They never leave the process.</summary>
public static class LinkEvents
{
    /// <summary>Uplink: the aggregator has taken this host in.</summary>
    public sealed record JoinedRun(Address Aggregator) : INoSerializationVerificationNeeded;

    /// <summary>Uplink: the aggregator is lost; another is looked for.</summary>
    public sealed record AggregatorLost(Address Aggregator) : INoSerializationVerificationNeeded;

    /// <summary>Uplink: the aggregator has no place for this host yet.</summary>
    public sealed record Postponed(string Reason) : INoSerializationVerificationNeeded;

    /// <summary>Uplink: the aggregator refuses this host.</summary>
    public sealed record Refused(IReadOnlyList<string> Differences) : INoSerializationVerificationNeeded;

    /// <summary>Uplink: the run has ended.</summary>
    public sealed record RunEnded(bool Succeeded, string Message) : INoSerializationVerificationNeeded;

    /// <summary>Downlink: a host takes part.</summary>
    public sealed record HostJoined(string Host, Address Address, int Clients) : INoSerializationVerificationNeeded;

    /// <summary>Downlink: a host was refused.</summary>
    public sealed record HostRefused(string Host, Address Address, IReadOnlyList<string> Differences) : INoSerializationVerificationNeeded;

    /// <summary>Downlink: a host is gone.</summary>
    public sealed record HostLost(string Host, Address Address, int Clients) : INoSerializationVerificationNeeded;

    /// <summary>Seat: this host leads the run.</summary>
    public sealed record SeatTaken(bool Resumed) : INoSerializationVerificationNeeded;

    /// <summary>Seat: the run is finished already; the hosts are told, for which they are given time to come.</summary>
    public sealed record FinishedFound(string Directory) : INoSerializationVerificationNeeded;

    /// <summary>Seat: the hosts that came know that the run was <see cref="FinishedFound"/>.</summary>
    public sealed record FinishedTold : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly FinishedTold Instance = new();
    }

    /// <summary>Seat: the run's folder is still held by another.</summary>
    public sealed record SeatAwaited(string Directory) : INoSerializationVerificationNeeded;
}
