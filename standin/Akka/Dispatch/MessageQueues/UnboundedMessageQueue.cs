using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// A queue for many writers and one reader. Messages wait in a ring of slots, which is used over and over, so that sending
/// allocates nothing; when the ring is full a larger one takes its place. A queue that never held a message has no ring.
/// </summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private const int SmallestRing = 4;
    private const int LargestRing = 1 << 20;
    private const int Growth = 4;

    /// <summary>Where messages are written. Changes under the lock only.</summary>
    private MessageRing _last;

    /// <summary>Where messages are read. Touched by the reader only.</summary>
    private MessageRing _first;

    public bool HasMessages
    {
        get
        {
            var last = Volatile.Read(ref _last);
            return last is not null && (!ReferenceEquals(_first, last) || last.HasMessages);
        }
    }

    public int Count
    {
        get
        {
            var count = 0;
            for (var ring = _first ?? Volatile.Read(ref _last); ring is not null; ring = ring.Next)
            {
                count += ring.Count;
            }

            return count;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope) => Add(envelope.Message, envelope.Sender);

    public bool TryDequeue(out Envelope envelope)
    {
        var ring = _first;
        return ring is not null && ring.TryRead(out envelope) || TryReadOn(out envelope);
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
        {
            deadletters.Enqueue(owner, envelope);
        }
    }

    internal void Add(object message, IActorRef sender)
    {
        var ring = Volatile.Read(ref _last);
        while (ring is null || !ring.TryWrite(message, sender))
        {
            ring = Grow(ring);
        }
    }

    /// <summary>Replaces a ring that is full, unless somebody else has done so.</summary>
    private MessageRing Grow(MessageRing full)
    {
        lock (this)
        {
            if (!ReferenceEquals(_last, full))
            {
                return _last;
            }

            var ring = new MessageRing(full is null ? SmallestRing : Math.Min(full.Capacity * Growth, LargestRing));
            if (full is null)
            {
                _first = ring;
            }
            else
            {
                full.Close(ring);
            }

            Volatile.Write(ref _last, ring);
            return ring;
        }
    }

    /// <summary>Goes on to the next ring if this one is closed and read to its end.</summary>
    private bool TryReadOn(out Envelope envelope)
    {
        while (_first is { IsReadToItsEnd: true, Next: { } next })
        {
            _first = next;
            if (next.TryRead(out envelope))
            {
                return true;
            }
        }

        envelope = default;
        return false;
    }
}
