using FedActors.Actors.Federation;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Runs;

/// <summary>Makes runs of settings.</summary>
internal static class RunPlanning
{
    /// <summary>Reads the data set that the settings name.</summary>
    public static DataSet Load(HostSettings settings) =>
        DataSetCatalogue.Load(settings.Federation.Data.Set, settings.Federation.Data.Path);

    /// <summary>A run ready to start.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="data">The data set that they name.</param>
    /// <exception cref="UsageException">The settings do not fit each other or the data.</exception>
    public static FederationPlan Create(HostSettings settings, DataSet data)
    {
        try
        {
            return FederationPlan.Create(settings.Federation, data);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"The settings do not fit together. {ErrorCatalogue.WithoutParameterName(exception)}", exception);
        }
    }
}
