using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private void Terminate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        UnwatchAll();
        StopChildren();

        var wasTerminating = _children is { IsTerminating: true };
        if (!WaitForChildren(SuspendReason.Termination.Instance))
        {
            FinishTerminate();
        }
        else if (!wasTerminating)
        {
            // No messages any more, and a failure from now on is nobody's business.
            Dispatcher.Suspend(this);
            _failedBy = _self;
            PublishLifecycle("Stopping");
        }
    }

    /// <summary>The order matters: a parent that also watches must learn of the child's death as its parent first.</summary>
    private void FinishTerminate()
    {
        CloseChildren();
        var actor = _actor;
        RunToTheEnd(
            () => actor?.AroundPostStop(),
            () => ReturnStash(actor),
            () => Dispatcher.Detach(this),
            () => Parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false)),
            TellWatchersWeDied,
            UnwatchAll,
            () => PublishLifecycle("Stopped"));

        ClearActor(actor);
        _waitingSystemMessages = null;
        _actor = null;
        _props = Props.OfTheDead;
    }

    /// <summary>Puts stashed messages back in front of the mailbox: there they outlive a restart, or become dead letters.</summary>
    private static void ReturnStash(ActorBase actor) => (actor as IActorStash)?.Stash?.UnstashAll();

    private void RunToTheEnd(params ReadOnlySpan<Action> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                step();
            }
            catch (Exception e)
            {
                Publish(new Error(e, _self.Path.ToString(), ActorType, e.Message));
            }
        }
    }
}
