using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>System messages that wait until the actor can handle them; newest first.</summary>
    private SystemMessage _waitingSystemMessages;

    internal void SystemInvoke(SystemMessage message)
    {
        var state = Restraint;
        var rest = message;
        while (rest is not null)
        {
            var current = rest;
            rest = current.Next;
            current.Unlink();

            if (MustWait(current, state))
            {
                current.Next = _waitingSystemMessages;
                _waitingSystemMessages = current;
            }
            else
            {
                try
                {
                    Handle(current);
                }
                catch (Exception cause)
                {
                    HandleInvokeFailure(cause);
                }
            }

            var next = Restraint;
            if (next < state)
            {
                rest = Append(rest, TakeWaitingSystemMessages());
            }

            state = next;
            if (IsTerminated)
            {
                SendToDeadLetters(Append(rest, TakeWaitingSystemMessages()));
                return;
            }
        }
    }

    private enum Restraints
    {
        None,
        Suspended,
        WaitingForChildren,
    }

    private Restraints Restraint
    {
        get
        {
            if (_children is { IsWaitingForChildren: true })
            {
                return Restraints.WaitingForChildren;
            }

            return Mailbox.IsSuspended() ? Restraints.Suspended : Restraints.None;
        }
    }

    private static bool MustWait(SystemMessage message, Restraints state) => state switch
    {
        Restraints.WaitingForChildren => message is IStashWhenWaitingForChildren,
        Restraints.Suspended => message is IStashWhenFailed,
        _ => false,
    };

    private static SystemMessage Append(SystemMessage first, SystemMessage second)
    {
        if (first is null)
        {
            return second;
        }

        var last = first;
        while (last.Next is not null)
        {
            last = last.Next;
        }

        last.Next = second;
        return first;
    }

    private SystemMessage TakeWaitingSystemMessages()
    {
        var waiting = SystemMessage.Reverse(_waitingSystemMessages);
        _waitingSystemMessages = null;
        return waiting;
    }

    private void SendToDeadLetters(SystemMessage list)
    {
        while (list is not null)
        {
            var message = list;
            list = message.Next;
            message.Unlink();
            _system.DeadLetters.Tell(message, _self);
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case ActorTaskSchedulerMessage step:
                HandleActorTaskSchedulerMessage(step);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated);
                break;
            case Create create:
                Create(create.Failure);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Dispatch.SysMsg.Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Dispatch.SysMsg.Terminate:
                Terminate();
                break;
            case Supervise supervise:
                PublishLifecycle($"now supervising {supervise.Child.Path}");
                break;
            default:
                throw new NotSupportedException($"Unknown message {message.GetType().Name}");
        }
    }

    private void Create(ActorInitializationException failure)
    {
        if (failure is not null)
        {
            throw failure;
        }

        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            PublishLifecycle($"Started ({_actor})");
        }
        catch (Exception e)
        {
            if (_actor is not null)
            {
                ClearActor(_actor);

                // Says later on that there is nothing to restart, but an actor still to be made.
                _actor = null;
            }

            throw new ActorInitializationException(_self, "Exception during creation", e);
        }
    }
}
