using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>An accepted update as the journal keeps it until it is part of a version.</summary>
/// <param name="Assignment">Its assignment: one that was given after the last checkpoint stands nowhere else.</param>
/// <param name="Samples">Images the client trained on.</param>
/// <param name="Loss">Training loss in nats.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Restarts">Times the trainer was replaced.</param>
/// <param name="Update">The local update.</param>
public sealed record AcceptedUpdate(
    Assignment Assignment, int Samples, double Loss, double Seconds, int Restarts, ParameterVector Update)
{
    /// <summary>The outcome of its assignment.</summary>
    public AssignmentOutcome.Delivered ToOutcome() => new(Update, Samples, new TrainingMetrics(Loss, Seconds, Restarts));
}
