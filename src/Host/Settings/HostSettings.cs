using System.Collections.Immutable;
using Akka.Configuration;
using FedActors.Actors.Settings;

namespace FedActors.Host.Settings;

/// <summary>All settings, checked.</summary>
/// <param name="Federation">What decides a run.</param>
/// <param name="Downloads">Where data sets are published.</param>
/// <param name="Engine">The user's own settings of the actor system.</param>
/// <param name="Resolved">The settings of the run as a complete HOCON file, which gives the same run again.</param>
internal sealed record HostSettings(
    FederationSettings Federation, ImmutableArray<DownloadSettings> Downloads, Config Engine, string Resolved);
