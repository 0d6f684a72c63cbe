using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>The stash of one actor.</summary>
internal sealed class MessageStash : IStash
{
    private readonly ActorCell _cell;
    private readonly IDequeBasedMessageQueueSemantics _mailbox;
    private List<Envelope> _messages = [];
    private int _lastStashed;

    public MessageStash(ActorCell cell, bool hasLimit)
    {
        _cell = cell;
        _mailbox = cell.Mailbox.MessageQueue as IDequeBasedMessageQueueSemantics
            ?? throw new ActorInitializationException(
                cell.Self,
                $"DequeBasedMailbox required, got: {cell.Mailbox.MessageQueue.GetType().Name}. "
                + "Configure one with mailbox-type = \"Akka.Dispatch.UnboundedDequeBasedMailbox\"");
        Capacity = hasLimit ? LimitOf(cell) : Deploy.NoStashSize;
    }

    public int Count => _messages.Count;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => Capacity > 0 && Count >= Capacity;

    public int Capacity { get; }

    public void Stash()
    {
        var message = _cell.CurrentMessage;
        if (_cell.CurrentEnvelopeId == _lastStashed)
        {
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        }

        _lastStashed = _cell.CurrentEnvelopeId;
        if (IsFull)
        {
            throw new StashOverflowException($"Couldn't enqueue message {message} from {_cell.Sender} to stash of {_cell.Self}");
        }

        _messages.Add(new Envelope(message, _cell.Sender));
    }

    public void Unstash()
    {
        if (_messages.Count > 0)
        {
            var first = _messages[0];
            _messages.RemoveAt(0);
            PutBack(first);
        }
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        foreach (var envelope in Take().Where(predicate).Reverse().ToArray())
        {
            PutBack(envelope);
        }
    }

    public IEnumerable<Envelope> ClearStash() => Take();

    public void Prepend(IEnumerable<Envelope> envelopes) => _messages.InsertRange(0, envelopes.Distinct());

    private static int LimitOf(ActorCell cell)
    {
        var own = cell.Props.Deploy.StashCapacity;
        return own == Deploy.NoStashSize ? cell.System.Mailboxes.StashCapacity(cell.Props.Dispatcher, cell.Props.Mailbox) : own;
    }

    private List<Envelope> Take()
    {
        var taken = _messages;
        _messages = [];
        return taken;
    }

    private void PutBack(Envelope envelope)
    {
        _mailbox.EnqueueFirst(envelope);
        if (envelope.Message is Terminated terminated)
        {
            // It was ticked off when it came the first time.
            _cell.TerminatedQueuedFor(terminated.ActorRef, customMessage: null);
        }
    }
}
