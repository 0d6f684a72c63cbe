using FedActors.Actors.Federation;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Devices;

/// <summary>What all devices of a host share.</summary>
/// <param name="Plan">The run they take part in.</param>
/// <param name="Workers">The threads they train on.</param>
/// <param name="Time">Measures what training costs.</param>
public sealed record DeviceEnvironment(FederationPlan Plan, WorkerPool Workers, TimeProvider Time)
{
    /// <summary>What befalls the devices.</summary>
    public DeviceFate Fate { get; } = new(Plan.Settings.Seed, Plan.Settings.Devices.Dropout);
}
