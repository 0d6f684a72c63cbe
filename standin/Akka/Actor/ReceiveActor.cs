using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor whose behaviours are lists of typed handlers, of which the first that fits handles the message.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    // Handlers can be declared in constructors and inside Become only; each declaration under way is on the stack.
    private readonly Stack<MessageHandlers> _underConstruction = new(1);
    private MessageHandlers _initial;

    protected ReceiveActor() => _underConstruction.Push(new MessageHandlers());

    void IInitializableActor.Init() => _initial = _underConstruction.Pop();

    protected sealed override void OnReceive(object message) => Dispatch(_initial, message);

    protected void Become(Action configure)
    {
        var handlers = Declare(configure);
        Become(message => Dispatch(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Declare(configure);
        BecomeStacked(message => Dispatch(handlers, message));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) =>
        Add(typeof(T), Guard(shouldHandle, handler), shouldHandle is null && typeof(T) == typeof(object));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Add(messageType, Guard(shouldHandle, handler), shouldHandle is null && messageType == typeof(object));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>With a handler that says whether it did handle the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(typeof(T), message => handler((T)message), takesEverything: false);

    /// <inheritdoc cref="Receive{T}(Func{T, bool})"/>
    protected void Receive(Type messageType, Func<object, bool> handler) => Add(messageType, handler, takesEverything: false);

    protected void ReceiveAny(Action<object> handler) => Add(typeof(object), Guard(null, handler), takesEverything: true);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(Awaiting(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Receive(Awaiting(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, Awaiting(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Receive(messageType, Awaiting(handler), shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Awaiting(handler));

    private static Action<T> Awaiting<T>(Func<T, Task> handler) => message => ActorTaskScheduler.RunTask(() => handler(message));

    private static Func<object, bool> Guard<T>(Predicate<T> shouldHandle, Action<T> handler)
    {
        if (shouldHandle is null)
        {
            return message =>
            {
                handler((T)message);
                return true;
            };
        }

        return message =>
        {
            var typed = (T)message;
            if (!shouldHandle(typed))
            {
                return false;
            }

            handler(typed);
            return true;
        };
    }

    private void Dispatch(MessageHandlers handlers, object message)
    {
        if (!handlers.TryHandle(message))
        {
            Unhandled(message);
        }
    }

    private MessageHandlers Declare(Action configure)
    {
        _underConstruction.Push(new MessageHandlers());
        configure();
        return _underConstruction.Pop();
    }

    private void Add(Type type, Func<object, bool> handle, bool takesEverything)
    {
        if (_underConstruction.Count == 0)
        {
            throw new InvalidOperationException(
                "You may only call Receive-methods when constructing the actor and inside Become().");
        }

        _underConstruction.Peek().Add(type, handle, takesEverything);
    }
}
