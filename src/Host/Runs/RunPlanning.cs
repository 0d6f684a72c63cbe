using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Runs;

/// <summary>Makes runs of settings.</summary>
internal static class RunPlanning
{
    /// <summary>Reads the files that the settings name.</summary>
    public static RunInputs Load(HostSettings settings)
    {
        var trace = settings.Federation.Devices.Trace is { } file ? TraceFile.Read(file) : null;
        return new RunInputs(DataSetCatalogue.Load(settings.Federation.Data.Set, settings.Federation.Data.Path), trace);
    }

    /// <summary>A run ready to start.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="inputs">What is in the files that they name.</param>
    /// <exception cref="UsageException">The settings do not fit each other or the data.</exception>
    public static FederationPlan Create(HostSettings settings, RunInputs inputs)
    {
        try
        {
            return FederationPlan.Create(settings.Federation, inputs.Data, inputs.Trace);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"The settings do not fit together. {ErrorCatalogue.WithoutParameterName(exception)}", exception);
        }
    }
}
