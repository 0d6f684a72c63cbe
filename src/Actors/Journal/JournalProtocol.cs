using System.Collections.Immutable;
using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>The conversation between the aggregator and the journal. It never leaves the process.</summary>
public static class JournalProtocol
{
    /// <summary>Aggregator to journal: where does the run stand?</summary>
    public sealed record Recover : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly Recover Instance = new();
    }

    /// <summary>Journal to aggregator: the newest checkpoint, or null at the start, and the updates accepted since.</summary>
    public sealed record Recovered(Checkpoint? Checkpoint, ImmutableArray<AcceptedUpdate> Accepted)
        : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to journal: keep this state. Answered by <see cref="CheckpointSaved"/>.</summary>
    public sealed record SaveCheckpoint(Checkpoint Checkpoint) : INoSerializationVerificationNeeded;

    /// <summary>Journal to aggregator: the state is on disk.</summary>
    public sealed record CheckpointSaved(int Round) : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to journal: keep this update before it is acknowledged. Answered by <see cref="AcceptedLogged"/>.</summary>
    public sealed record LogAccepted(AcceptedUpdate Update) : INoSerializationVerificationNeeded;

    /// <summary>Journal to aggregator: the update is on disk.</summary>
    public sealed record AcceptedLogged(long AssignmentId) : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to journal: append a line to the results.</summary>
    public sealed record AppendRound(RoundRecord Record) : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to journal: the run is done. Answered by <see cref="Finished"/>.</summary>
    public sealed record Finish(ParameterVector Parameters, RunSummary Summary) : INoSerializationVerificationNeeded;

    /// <summary>Journal to aggregator: the results are on disk.</summary>
    public sealed record Finished(RunSummary Summary) : INoSerializationVerificationNeeded;

    /// <summary>Journal to federation: I was restarted, what I was told last may be lost, and I ignore all but <see cref="Recover"/>.</summary>
    public sealed record JournalRestarted : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly JournalRestarted Instance = new();
    }

    /// <summary>Journal to federation: the disk refused; nothing is written from here on.</summary>
    public sealed record JournalFailed(string Reason, Exception Cause) : INoSerializationVerificationNeeded;
}
