using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The reference to a path where nobody lives: messages become dead letters, watchers are told at once.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly EventStream _eventStream;

    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        Provider = provider;
        Path = path;
        _eventStream = eventStream;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public override bool IsTerminated => true;

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, Provider.DeadLetters);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException();
        }

        if (message is DeadLetter letter)
        {
            SpecialHandle(letter.Message, letter.Sender);
        }
        else if (!SpecialHandle(message, sender))
        {
            PublishDeadLetter(message, sender);
        }
    }

    /// <summary>Handles what does not become an ordinary dead letter.</summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                {
                    SayNeverExisted(watch);
                }

                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage selection:
                HandleSelection(selection, sender);
                return true;
            case IDeadLetterSuppression suppressed:
                _eventStream.Publish(new SuppressedDeadLetter(suppressed, SenderOrDeadLetters(sender), this));
                return true;
            default:
                return false;
        }
    }

    private protected static void SayNeverExisted(Watch watch) =>
        watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));

    private protected void PublishDeadLetter(object message, IActorRef sender) =>
        _eventStream.Publish(new DeadLetter(message, SenderOrDeadLetters(sender), this));

    private protected void Publish(DeadLetter letter) => _eventStream.Publish(letter);

    private void HandleSelection(ActorSelectionMessage selection, IActorRef sender)
    {
        if (selection.Message is Identify identify)
        {
            // A pattern asks all that match; one that matches none has nobody to answer for.
            if (!selection.WildCardFanOut)
            {
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
            }
        }
        else if (!SpecialHandle(selection.Message, sender))
        {
            PublishDeadLetter(selection.Message, sender);
        }
    }

    private IActorRef SenderOrDeadLetters(IActorRef sender) => sender.IsNobody() ? Provider.DeadLetters : sender;
}

/// <summary>The system's dead-letter office.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
        : base(provider, path, eventStream)
    {
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException();
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, ActorRefs.Nobody), ActorRefs.NoSender);
                break;
            case DeadLetter letter:
                if (!SpecialHandle(letter.Message, letter.Sender))
                {
                    Publish(letter);
                }

                break;
            default:
                if (!SpecialHandle(message, sender))
                {
                    PublishDeadLetter(message, sender);
                }

                break;
        }
    }

    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        // System messages that a closed mailbox passes on speak of the actor that was, not of this reference.
        if (message is Watch watch)
        {
            if (!watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
            {
                SayNeverExisted(watch);
            }

            return true;
        }

        return base.SpecialHandle(message, sender);
    }
}
