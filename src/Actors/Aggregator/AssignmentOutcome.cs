using FedActors.Actors.Devices;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Aggregator;

/// <summary>How an assignment ended.</summary>
/// <param name="Metrics">What it cost.</param>
public abstract record AssignmentOutcome(TrainingMetrics Metrics)
{
    /// <summary>An update that passed acceptance.</summary>
    public sealed record Delivered(ParameterVector Update, int Samples, TrainingMetrics Metrics) : AssignmentOutcome(Metrics);

    /// <summary>An update that was refused.</summary>
    public sealed record Refused(string Reason, TrainingMetrics Metrics) : AssignmentOutcome(Metrics);

    /// <summary>No update.</summary>
    public sealed record Lost(LossReason Reason, TrainingMetrics Metrics) : AssignmentOutcome(Metrics);
}
