using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    public virtual void SendMessage(IActorRef sender, object message)
    {
        if (message is null)
        {
            throw new InvalidMessageException();
        }

        var envelope = new Envelope(message, sender ?? _system.DeadLetters);
        if (_system.SerializesMessages && !TrySerialize(ref envelope))
        {
            return;
        }

        Dispatcher.Dispatch(this, envelope);
    }

    public virtual void SendMessage(Envelope message) => SendMessage(message.Sender, message.Message);

    /// <summary>Hands one message to the actor. A failure suspends the actor and tells its parent.</summary>
    public void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        if (message is TimerMessage timer)
        {
            message = timer.Accept(_actor);
            if (message is null)
            {
                return;
            }
        }

        CurrentMessage = message;
        CurrentEnvelopeId++;
        Sender = envelope.Sender ?? _system.DeadLetters;

        var putsOffTimeout = _receiveTimeout is not null && message is not INotInfluenceReceiveTimeout;
        if (putsOffTimeout)
        {
            CancelReceiveTimeout();
        }

        try
        {
            if (message is IAutoReceivedMessage)
            {
                AutoReceiveMessage(new Envelope(message, envelope.Sender));
            }
            else
            {
                ReceiveMessage(message);
            }
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }

        if (_receiveTimeout is not null || _pendingReceiveTimeout is not null)
        {
            CheckReceiveTimeout(message is not INotInfluenceReceiveTimeout);
        }
    }

    /// <summary>Hands a message to the actor on the caller's thread, failures included.</summary>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        CurrentMessage = envelope.Message;
        Sender = envelope.Sender;
        try
        {
            ReceiveMessage(envelope.Message);
        }
        finally
        {
            CurrentMessage = null;
            Sender = _system.DeadLetters;
        }
    }

    internal void ForgetCurrentMessage()
    {
        // The one that failed is still to be shown to PreRestart.
        if (!IsFailed)
        {
            CurrentMessage = null;
        }
    }

    internal void AutoReceiveMessage(Envelope envelope)
    {
        if (_system.Settings.DebugAutoReceive)
        {
            Publish(new Debug(_self.Path.ToString(), ActorType, $"received AutoReceiveMessage {envelope.Message}"));
        }

        switch (envelope.Message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case AddressTerminated lost:
                ReceivedAddressTerminated(lost.Address);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selection:
                ForwardSelection(selection);
                break;
        }
    }

    protected virtual void ReceiveMessage(object message)
    {
        var handled = _actor.AroundReceive(CurrentBehavior, message);
        if (_system.Settings.AddLoggingReceive && _actor is ILogReceive)
        {
            Publish(new Debug(_self.Path.ToString(), ActorType, $"received {(handled ? "handled" : "unhandled")} message {message} from {Sender.Path}"));
        }
    }

    private void ForwardSelection(ActorSelectionMessage selection) =>
        new ActorSelection(_self, selection.Elements).Tell(selection.Message, Sender);

    private bool TrySerialize(ref Envelope envelope)
    {
        try
        {
            envelope = _system.Serialization.Verify(envelope);
            return true;
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), ActorType, "Swallowing exception during message send"));
            return false;
        }
    }

    private void HandleActorTaskSchedulerMessage(ActorTaskSchedulerMessage step)
    {
        CurrentMessage = step.Message;
        if (step.Exception is null)
        {
            step.ExecuteTask();
            ForgetCurrentMessage();
        }
        else
        {
            // From here on the failure keeps the mailbox suspended, no longer the handler.
            Dispatcher.Resume(this);
            HandleInvokeFailure(step.Exception);
        }
    }
}
