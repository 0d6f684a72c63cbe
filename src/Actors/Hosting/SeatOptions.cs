using FedActors.Actors.Federation;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Hosting;

/// <summary>What a host that may lead the run needs for it.</summary>
public sealed record SeatOptions
{
    /// <summary>The run.</summary>
    public required FederationPlan Plan { get; init; }

    /// <summary>Where and how it is carried out. The seat takes the lease itself.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>Threads for evaluation.</summary>
    public required WorkerPool Workers { get; init; }

    /// <summary>How the other hosts are dealt with.</summary>
    public required DownlinkSettings Downlink { get; init; }

    /// <summary>The settings as a complete file, kept in the run's folder.</summary>
    public required string Settings { get; init; }
}
