using Akka.Util;

namespace Akka.Actor;

/// <summary>The two references that stand for "none".</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    public static readonly IActorRef NoSender = null;
}

/// <summary>A reference to no actor at all.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static Nobody Instance = new();

    private static readonly NobodySurrogate _surrogate = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/Nobody");

    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide");

    public override ISurrogate ToSurrogate(ActorSystem system) => _surrogate;

    /// <summary>Nobody as it is serialized.</summary>
    public class NobodySurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}

/// <summary>A reference that swallows what it is told.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "local")) / "ignore";

    public override IActorRefProvider Provider { get; } = provider;
}

/// <summary>Questions about references.</summary>
public static class ActorRefExtensions
{
    /// <summary>True of null, of <see cref="Nobody"/> and of the dead-letter reference: nobody will answer.</summary>
    public static bool IsNobody(this IActorRef actorRef) =>
        actorRef is null or Nobody or DeadLetterActorRef
        || actorRef.Path is null or { Uid: ActorCell.UndefinedUid, Name: "deadLetters" };

    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef;
}

/// <summary>Sending in the name of the actor whose code is running.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Passes a message on so that its original sender stays its sender.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
