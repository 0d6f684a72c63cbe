using FedActors.Actors.Devices;
using FedActors.Models.Data;

namespace FedActors.Host.Runs;

/// <summary>What a run reads from files. Runs of the same files share it.</summary>
/// <param name="Data">The data set that the settings name.</param>
/// <param name="Trace">The trace that they name, or null.</param>
internal sealed record RunInputs(DataSet Data, DeviceTrace? Trace);
