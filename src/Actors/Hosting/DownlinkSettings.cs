namespace FedActors.Actors.Hosting;

/// <summary>How the aggregator's host deals with the others.</summary>
public sealed record DownlinkSettings
{
    /// <summary>Name of the run, in messages.</summary>
    public required string Run { get; init; }

    /// <summary>What the hosts must agree on.</summary>
    public required SettingsManifest Manifest { get; init; }

    /// <summary>Clients of the run; they are numbered from 0.</summary>
    public required int Clients { get; init; }

    /// <summary>Length of the model.</summary>
    public required int Parameters { get; init; }

    /// <summary>What becomes of the work of a lost host.</summary>
    public required HostLossPolicy OnLoss { get; init; }

    /// <summary>Bytes of updates that may be on their way into the aggregator. Default: 192 MiB.</summary>
    public long UpdatesInFlight { get; init; } = 192L << 20;

    /// <summary>Versions that are on offer at the same time, at least 1. Default: 3.</summary>
    public int VersionsOnOffer { get; init; } = 3;
}
