using System.Collections.Immutable;
using Akka.Configuration;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Host.Settings;

namespace FedActors.Host.Hosts;

/// <summary>All that a host's file says, checked.</summary>
internal sealed record NodeSettings
{
    /// <summary>The run.</summary>
    public required HostSettings Experiment { get; init; }

    /// <summary>What the host is called; null for its address.</summary>
    public required string? Name { get; init; }

    /// <summary>What it does; see <see cref="HostRole"/>.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>The devices it carries.</summary>
    public required ImmutableArray<int> Clients { get; init; }

    /// <summary>Folder of the results; null for the standard place.</summary>
    public required string? RunDirectory { get; init; }

    /// <summary>Threads for training and evaluation.</summary>
    public required int Workers { get; init; }

    /// <summary>Threads of one task.</summary>
    public required int TaskThreads { get; init; }

    /// <summary>What becomes of the work of a lost host.</summary>
    public required HostLossPolicy OnLoss { get; init; }

    /// <summary>How vectors move.</summary>
    public required TransferSettings Transfer { get; init; }

    /// <summary>The port at which others get vectors from this host; 0 for any.</summary>
    public required int TransferPort { get; init; }

    /// <summary>Bytes of updates on their way into the aggregator.</summary>
    public required long UpdatesInFlight { get; init; }

    /// <summary>The file's own settings of the actor system.</summary>
    public required Config Engine { get; init; }

    /// <summary>Whether the host may lead the run.</summary>
    public bool MayLead => Roles.Contains(HostRole.Aggregator);

    /// <summary>Whether the host carries devices.</summary>
    public bool CarriesDevices => Roles.Contains(HostRole.Client);
}
