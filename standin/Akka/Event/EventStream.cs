using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>A system's bus for everything that anybody may want to hear of: log entries, dead letters, the program's own events.</summary>
public class EventStream : LoggingBus
{
    private static int _unsubscribers;

    private readonly Lock _unsubscriberLock = new();
    private readonly HashSet<IActorRef> _early = [];
    private readonly bool _debug;
    private IActorRef _unsubscriber;

    public EventStream(bool debug) => _debug = debug;

    /// <summary>Starts the actor that ends the subscriptions of actors that die.</summary>
    public void StartUnsubscriber(ActorSystemImpl system)
    {
        lock (_unsubscriberLock)
        {
            var name = $"EventStreamUnsubscriber-{Interlocked.Increment(ref _unsubscribers)}";
            _unsubscriber = system.SystemActorOf(Props.Create(() => new EventStreamUnsubscriber(this)), name);
            foreach (var subscriber in _early)
            {
                _unsubscriber.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
            }

            _early.Clear();
        }
    }

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        Register(subscriber);
        var added = base.Subscribe(subscriber, channel);
        Log($"subscribing {subscriber} to channel {channel}");
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        Log($"unsubscribing {subscriber} from channel {channel}");
        return base.Unsubscribe(subscriber, channel);
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        Log($"unsubscribing {subscriber} from all channels");
        return base.Unsubscribe(subscriber);
    }

    private void Register(IActorRef subscriber)
    {
        if (subscriber is not ActorRefWithCell)
        {
            return;
        }

        lock (_unsubscriberLock)
        {
            if (_unsubscriber is null)
            {
                _early.Add(subscriber);
            }
            else
            {
                _unsubscriber.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
            }
        }
    }

    private void Log(string what)
    {
        if (_debug)
        {
            Publish(new Debug(SimpleName(this), GetType(), what));
        }
    }
}

/// <summary>Subscriptions with the class as a type argument.</summary>
public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}

/// <summary>Watches subscribers, and unsubscribes the dead.</summary>
internal sealed class EventStreamUnsubscriber : ActorBase
{
    private readonly EventStream _eventStream;

    public EventStreamUnsubscriber(EventStream eventStream) => _eventStream = eventStream;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Register register:
                Context.Watch(register.Subscriber);
                return true;
            case Terminated terminated:
                _eventStream.Unsubscribe(terminated.ActorRef);
                return true;
            default:
                return false;
        }
    }

    internal sealed class Register(IActorRef subscriber) : INoSerializationVerificationNeeded
    {
        public IActorRef Subscriber { get; } = subscriber;
    }
}
