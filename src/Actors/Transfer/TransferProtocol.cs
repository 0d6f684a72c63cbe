using Akka.Actor;
using FedActors.Actors.Serialization;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer;

/// <summary>The conversation between a host's transfer actor, its users on the same host, and the transfer actors of other hosts.</summary>
public static class TransferProtocol
{
    /// <summary>User to transfer: let other hosts pull this vector.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Vector">The vector.</param>
    /// <param name="Once">Whether it may go once somebody has it whole.</param>
    public sealed record Offer(string Name, ParameterVector Vector, bool Once) : INoSerializationVerificationNeeded;

    /// <summary>User to transfer: the vector is no longer on offer.</summary>
    public sealed record Withdraw(string Name) : INoSerializationVerificationNeeded;

    /// <summary>User to transfer: get this vector. Answered by <see cref="Pulled"/> or <see cref="PullFailed"/>.</summary>
    /// <param name="Reference">The vector.</param>
    /// <param name="Owner">The transfer actor of the host that has it; null asks only for what is here or on its way.</param>
    /// <param name="Keep">Whether others on this host will ask for it too.</param>
    public sealed record Pull(VectorReference Reference, IActorRef? Owner, bool Keep) : INoSerializationVerificationNeeded;

    /// <summary>Transfer to user: the vector, whole and verified.</summary>
    public sealed record Pulled(VectorReference Reference, ParameterVector Vector) : INoSerializationVerificationNeeded;

    /// <summary>Transfer to user: the vector can't be had.</summary>
    public sealed record PullFailed(VectorReference Reference, string Reason) : INoSerializationVerificationNeeded;

    /// <summary>Transfer to the transfer actor of another host: I want this vector. Answered by a <see cref="Ticket"/> or <see cref="Gone"/>.</summary>
    /// <param name="Name">The vector.</param>
    /// <param name="Offset">The first byte that is wanted.</param>
    public sealed record Request(string Name, int Offset) : IWireMessage;

    /// <summary>Answer to a request: where the bytes are to be had, once; see <see cref="Channel.IVectorChannel"/>.</summary>
    /// <param name="Name">The vector.</param>
    /// <param name="Port">The TCP port of the host that answers.</param>
    /// <param name="Key">What to show there. Nobody can guess it.</param>
    public sealed record Ticket(string Name, int Port, Guid Key) : IWireMessage;

    /// <summary>Answer to a request: there is no such vector, or no longer.</summary>
    public sealed record Gone(string Name) : IWireMessage;

    /// <summary>Transfer to the transfer actor of another host: I have the vector whole.</summary>
    public sealed record Delivered(string Name) : IWireMessage;
}
