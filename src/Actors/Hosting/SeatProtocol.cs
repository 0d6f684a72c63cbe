using Akka.Actor;

namespace FedActors.Actors.Hosting;

/// <summary>What the seat of the federation is told by its host.</summary>
public static class SeatProtocol
{
    /// <summary>Singleton manager to seat: save the state and make room for another.</summary>
    public sealed record Leave : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly Leave Instance = new();
    }
}
