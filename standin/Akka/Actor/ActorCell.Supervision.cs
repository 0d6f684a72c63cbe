using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Whose failure the actor is suspended for: its own, or that of a child it could not cope with.</summary>
    private IActorRef _failedBy;

    private bool IsFailed => _failedBy is not null;

    private void FaultSuspend()
    {
        Dispatcher.Suspend(this);
        SuspendChildren(except: null);
    }

    private void FaultResume(Exception causedByFailure)
    {
        if (_actor is null)
        {
            Publish(new Error(null, _self.Path.ToString(), GetType(), $"Changing Resume into Create after {causedByFailure}"));
            FaultCreate();
            return;
        }

        var failedBy = _failedBy;
        if (causedByFailure is not null)
        {
            _failedBy = null;
        }

        Dispatcher.Resume(this);
        foreach (var child in ChildSnapshot())
        {
            child.Child.Resume(failedBy is not null && child.Child.Equals(failedBy) ? causedByFailure : null);
        }
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        StopChildren();
        if (!WaitForChildren(new SuspendReason.Creation()))
        {
            FinishCreate();
        }
    }

    private void FinishCreate()
    {
        _failedBy = null;
        Dispatcher.Resume(this);
        try
        {
            Create(failure: null);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            Publish(new Error(null, _self.Path.ToString(), GetType(), $"Changing Recreate into Create after {cause}"));
            FaultCreate();
            return;
        }

        if (_children is { IsNormal: false })
        {
            // A restart or stop is under way already; every suspension needs its resumption all the same.
            FaultResume(null);
            return;
        }

        var failedActor = _actor;
        var message = CurrentMessage;
        PublishLifecycle("Restarting");
        try
        {
            failedActor.AroundPreRestart(cause, message);
        }
        catch (Exception e)
        {
            Publish(new Error(new PreRestartException(_self, e, cause, message), _self.Path.ToString(), failedActor.GetType(), e.Message));
        }
        finally
        {
            ReturnStash(failedActor);
            ClearActor(failedActor);
        }

        if (!WaitForChildren(new SuspendReason.Recreation(cause)))
        {
            FinishRecreate(cause);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildSnapshot();
        try
        {
            _failedBy = null;
            Dispatcher.Resume(this);

            _actor = NewActor();
            _actor.AroundPostRestart(cause, null);
            PublishLifecycle($"Restarted ({_actor})");

            foreach (var survivor in survivors)
            {
                survivor.Child.Restart(cause);
            }
        }
        catch (Exception e)
        {
            ClearActor(_actor);
            HandleInvokeFailure(new PostRestartException(_self, e, cause), [.. survivors.Select(s => s.Child)]);
        }
    }

    private void HandleInvokeFailure(Exception cause, List<IActorRef> childrenNotToSuspend = null)
    {
        if (IsFailed)
        {
            return;
        }

        try
        {
            Dispatcher.Suspend(this);
            if (CurrentMessage is Failed)
            {
                // A child's failure that was escalated: the child is suspended already.
                (childrenNotToSuspend ??= []).Add(Sender);
                _failedBy = Sender;
            }
            else
            {
                _failedBy = _self;
            }

            SuspendChildren(childrenNotToSuspend);
            Parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), ActorType, $"Emergency stop: exception in failure handling for {cause}"));
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void HandleFailed(Failed failed)
    {
        CurrentMessage = failed;
        Sender = failed.Child.IsNobody() ? _system.DeadLetters : failed.Child;

        // Only of children that are known today. The uid rejects a failure of a child whose name lives on in another one.
        if (_children is null || !_children.TryGetByRef(failed.Child, out var stats) || stats.Uid != failed.Uid)
        {
            Publish(new Debug(_self.Path.ToString(), ActorType, $"Dropping Failed({failed.Cause}) from unknown or former child {failed.Child}"));
        }
        else if (!_actor.SupervisorStrategyInternal.HandleFailure(this, failed.Child, failed.Cause, stats, _children))
        {
            ExceptionDispatchInfo.Throw(failed.Cause);
        }

        CurrentMessage = null;
    }

    private void HandleChildTerminated(IActorRef child)
    {
        var awaited = _children.Remove(child);
        if (_actor is not null)
        {
            try
            {
                _actor.SupervisorStrategyInternal.HandleChildTerminated(this, child, GetChildren());
            }
            catch (Exception e)
            {
                Publish(new Error(e, _self.Path.ToString(), ActorType, "HandleChildTerminated failed"));
                HandleInvokeFailure(e);
            }
        }

        switch (awaited)
        {
            case SuspendReason.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                FinishTerminate();
                break;
        }
    }

    private void SuspendChildren(List<IActorRef> except)
    {
        foreach (var child in ChildSnapshot())
        {
            if (except is null || !except.Contains(child.Child))
            {
                child.Child.Suspend();
            }
        }
    }
}
