using FedActors.Actors.Serialization;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Devices;

/// <summary>The conversation between the aggregator and a client. Ids make every step repeatable.</summary>
public static class ClientProtocol
{
    /// <summary>Device supervisor to client: the aggregator to join.</summary>
    public sealed record Enlist(Akka.Actor.IActorRef Aggregator);

    /// <summary>Client to aggregator: ready for work. Sent again after every restart and return.</summary>
    public sealed record Join(int Client, int SampleCount) : IWireMessage;

    /// <summary>Aggregator to client: you may be given work.</summary>
    public sealed record Welcome(int Client) : IWireMessage;

    /// <summary>Aggregator to client: you can't take part.</summary>
    public sealed record Refused(int Client, string Reason) : IWireMessage;

    /// <summary>Aggregator to client: train from this version. Repeating it changes nothing.</summary>
    /// <param name="AssignmentId">Id of the work.</param>
    /// <param name="Client">Number of the client.</param>
    /// <param name="Version">The version to start from.</param>
    /// <param name="Round">The round in which the work was given, from 0: data that drifts is used as it is then.</param>
    /// <param name="Recipe">How to train.</param>
    public sealed record Assign(long AssignmentId, int Client, long Version, int Round, TrainingRecipe Recipe) : IWireMessage;

    /// <summary>Client to aggregator: hand me the parameters of a version.</summary>
    public sealed record FetchVersion(long Version) : IWireMessage;

    /// <summary>Aggregator to client: the parameters of a version.</summary>
    public sealed record VersionFetched(long Version, ParameterVector Parameters);

    /// <summary>Aggregator to client: the version is no longer held, so its assignments are void.</summary>
    public sealed record VersionGone(long Version) : IWireMessage;

    /// <summary>Client to aggregator: the local update. Repeated until answered.</summary>
    public sealed record Report(
        long AssignmentId, int Client, long BaseVersion, int SampleCount, ParameterVector Update, TrainingMetrics Metrics);

    /// <summary>Client to aggregator: no update will come of this assignment.</summary>
    public sealed record AssignmentLost(long AssignmentId, int Client, LossReason Reason, TrainingMetrics Metrics) : IWireMessage;

    /// <summary>Aggregator to client: the report was taken and journaled.</summary>
    public sealed record Accepted(long AssignmentId) : IWireMessage;

    /// <summary>Aggregator to client: the report was refused and must not be repeated.</summary>
    public sealed record Rejected(long AssignmentId, string Reason) : IWireMessage;
}
