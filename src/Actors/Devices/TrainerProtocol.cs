using Akka.Actor;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Devices;

/// <summary>The conversation between a client and its trainer. It never leaves the process.</summary>
public static class TrainerProtocol
{
    /// <summary>Client to trainer: compute the local update of an assignment.</summary>
    /// <param name="Assignment">What to do.</param>
    /// <param name="Start">Parameters of the base version.</param>
    /// <param name="Crashes">Simulated crashes of this assignment so far, which decide whether the next attempt crashes.</param>
    public sealed record Train(ClientProtocol.Assign Assignment, ParameterVector Start, int Crashes)
        : INoSerializationVerificationNeeded;

    /// <summary>Trainer to client: the local update.</summary>
    public sealed record Trained(long AssignmentId, LocalUpdate Update, double Seconds) : INoSerializationVerificationNeeded;

    /// <summary>Training to trainer: local training threw.</summary>
    public sealed record TrainingFailed(Exception Cause) : INoSerializationVerificationNeeded;

    /// <summary>Death watch to client: the trainer that worked on this attempt has ended.</summary>
    public sealed record TrainerEnded(long AssignmentId, int Attempt) : INoSerializationVerificationNeeded;
}
