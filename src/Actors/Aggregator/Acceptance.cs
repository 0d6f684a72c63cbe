using FedActors.Actors.Devices;
using FedActors.Actors.Settings;

namespace FedActors.Actors.Aggregator;

/// <summary>Decides whether an update may touch the model. It never throws on what a client sends.</summary>
public static class Acceptance
{
    /// <summary>Checks a report.</summary>
    /// <param name="report">What the client sent.</param>
    /// <param name="assignment">The open assignment with the report's id, or null.</param>
    /// <param name="versions">The versions held.</param>
    /// <param name="parameters">Length of the model.</param>
    /// <param name="dealt">Images that the client was dealt.</param>
    /// <param name="settings">Bounds.</param>
    /// <returns>Why the report is refused, or null where it is accepted.</returns>
    public static string? Refusal(
        ClientProtocol.Report report,
        Assignment? assignment,
        VersionStore versions,
        int parameters,
        int dealt,
        AcceptanceSettings settings)
    {
        if (assignment is null)
        {
            return $"assignment {report.AssignmentId} is unknown";
        }

        if (assignment.Client != report.Client)
        {
            return $"assignment {assignment.Id} belongs to client {assignment.Client}, not {report.Client}";
        }

        if (assignment.Handed != report.BaseVersion)
        {
            return $"assignment {assignment.Id} starts from version {assignment.Handed}, not {report.BaseVersion}";
        }

        if (!versions.IsHeld(report.BaseVersion))
        {
            return $"base version {report.BaseVersion} is no longer held";
        }

        // A client that claimed more would outweigh the others in a sample-weighted mean.
        if (report.SampleCount != dealt)
        {
            return $"the report counts {report.SampleCount} images, but the client was dealt {dealt}";
        }

        if (report.Update is null || report.Update.Length != parameters)
        {
            return $"the update has {report.Update?.Length ?? 0} values, the model {parameters}";
        }

        if (!report.Update.IsFinite())
        {
            return "the update has values that are not finite";
        }

        if (settings.MaxNorm is { } bound && report.Update.L2Norm() > bound)
        {
            return $"the norm of the update is {report.Update.L2Norm():G6}, above {bound:G6}";
        }

        return null;
    }
}
