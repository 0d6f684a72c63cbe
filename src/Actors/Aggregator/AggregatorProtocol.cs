using Akka.Actor;
using FedActors.Actors.Federation;

namespace FedActors.Actors.Aggregator;

/// <summary>The conversation between the federation and its aggregator. It never leaves the process.</summary>
public static class AggregatorProtocol
{
    /// <summary>Federation to aggregator: save the state and stop.</summary>
    public sealed record Interrupt : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly Interrupt Instance = new();
    }

    /// <summary>Aggregator to federation: a round or an evaluation is done.</summary>
    public sealed record Progressed(RunProgress Progress) : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to federation: the run has ended.</summary>
    public sealed record Ended(RunOutcome Outcome) : INoSerializationVerificationNeeded;

    /// <summary>Death watch to aggregator: a client actor ended for good.</summary>
    public sealed record ClientGone(int Client) : INoSerializationVerificationNeeded;
}
