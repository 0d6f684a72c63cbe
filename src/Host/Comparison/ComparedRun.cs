using FedActors.Actors.Federation;
using FedActors.Host.Settings;

namespace FedActors.Host.Comparison;

/// <summary>One run of a comparison, ready to start.</summary>
/// <param name="Settings">The experiment under one policy and seed.</param>
/// <param name="Plan">What follows from them and the data.</param>
/// <param name="Directory">Where its results go.</param>
internal sealed record ComparedRun(HostSettings Settings, FederationPlan Plan, string Directory)
{
    public override string ToString() =>
        $"{Settings.Federation.Staleness.Policy.Name}, seed {Settings.Federation.Seed}";
}
