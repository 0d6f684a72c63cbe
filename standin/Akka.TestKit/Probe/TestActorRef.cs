using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>A reference to an actor that runs on the thread of the test, which may look inside it.</summary>
public class TestActorRef<TActor> : TestActorRefBase<TActor>
    where TActor : ActorBase
{
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef supervisor = null, string name = null)
        : base(system, actorProps, supervisor, name)
    {
    }
}

/// <summary>What references to actors under test have in common.</summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef
    where TActor : ActorBase
{
    private static int _made;

    private readonly LocalActorRef _inner;

    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef supervisor = null, string name = null)
    {
        var implementation = (ActorSystemImpl)system;

        // References that only stand for an actor, such as a probe, lead to it by its path.
        var guardian = supervisor ?? implementation.Guardian;
        var reference = guardian as ActorRefWithCell ?? (ActorRefWithCell)implementation.Provider.ResolveActorRef(guardian.Path);
        var parent = (ActorCell)reference.Underlying;
        var props = actorProps.Deploy.Dispatcher == Deploy.NoDispatcherGiven
            ? actorProps.WithDispatcher(CallingThreadDispatcher.Id)
            : actorProps;
        var uniqueName = name ?? $"testActorRef-{Interlocked.Increment(ref _made)}";
        _inner = (LocalActorRef)parent.AttachChild(props, isSystemService: false, uniqueName);
    }

    public IActorRef Ref => _inner;

    public ActorPath Path => _inner.Path;

    /// <summary>The instance behind the reference.</summary>
    /// <exception cref="IllegalActorStateException">The actor is gone.</exception>
    public TActor UnderlyingActor => _inner.IsTerminated
        ? throw new IllegalActorStateException("Underlying actor is terminated")
        : (TActor)_inner.Cell.Actor;

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => _inner.Parent;

    IActorRefProvider IInternalActorRef.Provider => _inner.Provider;

    bool IInternalActorRef.IsTerminated => _inner.IsTerminated;

    public static bool operator ==(TestActorRefBase<TActor> testActorRef, IActorRef actorRef) =>
        testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);

    public static bool operator !=(TestActorRefBase<TActor> testActorRef, IActorRef actorRef) => !(testActorRef == actorRef);

    public static bool operator ==(IActorRef actorRef, TestActorRefBase<TActor> testActorRef) => testActorRef == actorRef;

    public static bool operator !=(IActorRef actorRef, TestActorRefBase<TActor> testActorRef) => !(testActorRef == actorRef);

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef._inner;

    /// <summary>Hands the actor a message past its mailbox; a failure comes back to the caller.</summary>
    public void Receive(object message, IActorRef sender = null) =>
        _inner.Cell.UseThreadContext(() =>
            _inner.Cell.ReceiveMessageForTest(new Envelope(message, sender ?? _inner.Cell.System.DeadLetters)));

    public void Tell(object message) => _inner.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    public void Tell(object message, IActorRef sender) => _inner.Tell(message, sender);

    public void Forward(object message) => _inner.Forward(message);

    public void Watch(IActorRef subject) => _inner.Cell.Watch(subject);

    public void Unwatch(IActorRef subject) => _inner.Cell.Unwatch(subject);

    public void SendSystemMessage(ISystemMessage message) => _inner.SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => _inner.SendSystemMessage(message);

    public bool Equals(IActorRef other) => _inner.Equals(other);

    public override bool Equals(object obj) => _inner.Equals(obj);

    public override int GetHashCode() => _inner.GetHashCode();

    public int CompareTo(object obj) => _inner.CompareTo(obj);

    public override string ToString() => $"TestActor[{Path}]";

    int IComparable<IActorRef>.CompareTo(IActorRef other) => _inner.CompareTo(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => _inner.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _inner.GetChild(name);

    void IInternalActorRef.Resume(Exception causedByFailure) => _inner.Resume(causedByFailure);

    void IInternalActorRef.Start() => _inner.Start();

    void IInternalActorRef.Stop() => _inner.Stop();

    void IInternalActorRef.Restart(Exception cause) => _inner.Restart(cause);

    void IInternalActorRef.Suspend() => _inner.Suspend();
}
