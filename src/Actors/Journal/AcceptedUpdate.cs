using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>An accepted update as the journal keeps it until the next checkpoint.</summary>
/// <param name="AssignmentId">Its assignment.</param>
/// <param name="Samples">Images the client trained on.</param>
/// <param name="Loss">Training loss in nats.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Restarts">Times the trainer was replaced.</param>
/// <param name="Update">The local update.</param>
public sealed record AcceptedUpdate(
    long AssignmentId, int Samples, double Loss, double Seconds, int Restarts, ParameterVector Update);
