using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private WatchState _watch;

    private WatchState Watches => _watch ??= new WatchState();

    public IActorRef Watch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return StartWatching(subject, message: null);
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = (IInternalActorRef)subject;
        if (_watch is not null)
        {
            if (_watch.Watching.Remove(watchee))
            {
                watchee.SendSystemMessage(new Unwatch(watchee, _self));
                HearOfLostNodes(watchee);
            }

            // If its Terminated is in the mailbox already, it will not be recognised there any more.
            _watch.Queued.Remove(watchee);
        }

        return watchee;
    }

    /// <summary>Makes a <see cref="Terminated"/> in the mailbox count.</summary>
    internal void TerminatedQueuedFor(IActorRef subject, object customMessage) => Watches.Queued[subject] = customMessage;

    private IActorRef StartWatching(IActorRef subject, object message)
    {
        var watchee = (IInternalActorRef)subject;
        if (!watchee.Equals(_self) && Watches.Watching.TryAdd(watchee, message))
        {
            watchee.SendSystemMessage(new Watch(watchee, _self));
            HearOfLostNodes(watchee);
        }

        return watchee;
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_watch is not null && _watch.Queued.Remove(terminated.ActorRef, out var customMessage))
        {
            var message = customMessage ?? terminated;
            CurrentMessage = message;
            ReceiveMessage(message);
        }
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watch is not null && _watch.Watching.Remove(actor, out var customMessage))
        {
            HearOfLostNodes(actor);
            if (_children is not { IsTerminating: true })
            {
                TerminatedQueuedFor(actor, customMessage);
                _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
            }
        }

        if (_children is not null && _children.TryGetByRef(actor, out _))
        {
            HandleChildTerminated(actor);
        }
    }

    private void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (Watches.WatchedBy.Add(watcher))
            {
                HearOfLostNodes(watcher);
                PublishLifecycle($"now watched by {watcher}");
            }
        }
        else if (watcher.Equals(_self) && !watchee.Equals(_self))
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), ActorType, $"BUG: illegal Watch({watchee},{watcher} for {_self}"));
        }
    }

    private void RemoveWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (_watch is not null && _watch.WatchedBy.Remove(watcher))
            {
                HearOfLostNodes(watcher);
                PublishLifecycle($"no longer watched by {watcher}");
            }
        }
        else if (watcher.Equals(_self) && !watchee.Equals(_self))
        {
            Unwatch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), ActorType, $"BUG: illegal Unwatch({watchee},{watcher} for {_self}"));
        }
    }

    private void TellWatchersWeDied()
    {
        if (_watch is null)
        {
            return;
        }

        // Remote watchers first: a local one may be about to shut remoting down.
        foreach (var watcher in _watch.WatchedBy.Cast<IInternalActorRef>().OrderBy(w => w.IsLocal))
        {
            if (!watcher.Equals(Parent))
            {
                watcher.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
            }
        }

        _watch.WatchedBy.Clear();
        HearOfLostNodes();
    }

    private void UnwatchAll()
    {
        if (_watch is null)
        {
            return;
        }

        foreach (var watchee in _watch.Watching.Keys.Cast<IInternalActorRef>())
        {
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }

        _watch.Watching.Clear();
        _watch.Queued.Clear();
        HearOfLostNodes();
    }

    /// <summary>
    /// A node was given up: its actors that are watched here count as dead. Those that watch from there are still told when this actor
    /// ends, because a node that leaves gives all others up while they go on.
    /// </summary>
    private void ReceivedAddressTerminated(Address address)
    {
        if (_watch is null)
        {
            return;
        }

        foreach (var watchee in _watch.Watching.Keys.Where(watchee => watchee.Path.Address == address))
        {
            _self.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: true, addressTerminated: true));
        }

        HearOfLostNodes();
    }

    /// <summary>Keeps the subscription to lost nodes in step with the watches; <paramref name="changed"/> is whose watch changed, if it was one.</summary>
    private void HearOfLostNodes(IActorRef changed = null)
    {
        if (changed is not null && !IsElsewhere(changed))
        {
            return;
        }

        var interested = _watch.Watching.Keys.Any(IsElsewhere) || _watch.WatchedBy.Any(IsElsewhere);
        if (interested == _watch.HearsOfLostNodes)
        {
            return;
        }

        _watch.HearsOfLostNodes = interested;
        var topic = AddressTerminatedTopic.Get(System);
        if (interested)
        {
            topic.Subscribe(_self);
        }
        else
        {
            topic.Unsubscribe(_self);
        }
    }

    private static bool IsElsewhere(IActorRef actor) => actor is IInternalActorRef { IsLocal: false };
}
