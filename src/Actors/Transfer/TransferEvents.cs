using Akka.Actor;

namespace FedActors.Actors.Transfer;

/// <summary>What the transfer actor publishes on the event stream of its system.</summary>
public static class TransferEvents
{
    /// <summary>A vector does not come, though its owner answers: connection after connection fails or brings nothing.</summary>
    /// <param name="Host">The owner's host.</param>
    /// <param name="Port">The port that it has named.</param>
    /// <param name="Reason">How the last connection failed.</param>
    public sealed record OutOfReach(string Host, int Port, string Reason) : INoSerializationVerificationNeeded;
}
