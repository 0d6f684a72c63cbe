using Akka.Event;

namespace Akka.Actor;

/// <summary>Stops the actor once the messages before it are handled.</summary>
public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    private PoisonPill()
    {
    }

    public static PoisonPill Instance { get; } = new();

    public override string ToString() => "<PoisonPill>";
}

/// <summary>Makes the actor throw <see cref="ActorKilledException"/>.</summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();

    public override string ToString() => "<Kill>";
}

/// <summary>Told to an actor that has heard nothing for as long as it asked to be told after.</summary>
public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();
}

/// <summary>Tells a watcher that the watched actor is dead.</summary>
public sealed class Terminated : IAutoReceivedMessage, IPossiblyHarmful, INoSerializationVerificationNeeded, IDeadLetterSuppression, IEquatable<Terminated>
{
    public Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    {
        ActorRef = actorRef;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef ActorRef { get; }

    /// <summary>False if the actor may never have lived.</summary>
    public bool ExistenceConfirmed { get; }

    /// <summary>True if its whole node was given up.</summary>
    public bool AddressTerminated { get; }

    public bool Equals(Terminated other) =>
        other is not null
        && Equals(ActorRef, other.ActorRef)
        && ExistenceConfirmed == other.ExistenceConfirmed
        && AddressTerminated == other.AddressTerminated;

    public override bool Equals(object obj) => obj is Terminated other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(ActorRef, ExistenceConfirmed, AddressTerminated);

    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}
