using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Runs;

/// <summary>Makes runs of settings.</summary>
internal static class RunPlanning
{
    /// <summary>Reads the files that the settings name.</summary>
    /// <exception cref="UsageException">The data can't drift as the settings ask for.</exception>
    public static RunInputs Load(HostSettings settings)
    {
        var trace = settings.Federation.Devices.Trace is { } file ? TraceFile.Read(file) : null;
        var data = settings.Federation.Data;
        var first = DataSetCatalogue.Load(data.Set, data.Path);
        return new RunInputs(data.Drift is { } drift ? Fitting(() => AddSecondDomain(first, drift, data.Path)) : first, trace);
    }

    /// <summary>A run ready to start.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="inputs">What is in the files that they name.</param>
    /// <exception cref="UsageException">The settings do not fit each other or the data.</exception>
    public static FederationPlan Create(HostSettings settings, RunInputs inputs) =>
        Fitting(() => FederationPlan.Create(settings.Federation, inputs.Data, inputs.Trace));

    private static DataSet AddSecondDomain(DataSet first, DriftSettings drift, string? path) => drift.Set == DriftSettings.Inverted
        ? SecondDomain.AddInverted(first, drift.Rotation)
        : SecondDomain.Add(first, DataSetCatalogue.Load(drift.Set, path));

    private static T Fitting<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"The settings do not fit together. {ErrorCatalogue.WithoutParameterName(exception)}", exception);
        }
    }
}
