namespace Akka.Actor.Internal;

/// <summary>Whom an actor watches and who watches it. Made when the first watch begins, for most actors have none.</summary>
internal sealed class WatchState
{
    /// <summary>Whom the actor watches, and the message it wants instead of <see cref="Terminated"/>, if any.</summary>
    public Dictionary<IActorRef, object> Watching { get; } = [];

    /// <summary>Whose <see cref="Terminated"/> is in the mailbox, and the message to hand over instead, if any.</summary>
    public Dictionary<IActorRef, object> Queued { get; } = [];

    public HashSet<IActorRef> WatchedBy { get; } = [];

    /// <summary>True while the actor is told of nodes that are given up: while a watch reaches beyond this process.</summary>
    public bool HearsOfLostNodes { get; set; }
}
