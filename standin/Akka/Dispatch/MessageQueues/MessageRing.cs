using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// A ring of slots for many writers and one reader. The turn of a slot says whose it is: a writer's that stands at the same
/// position, or the reader's when it is one ahead. Positions count on for ever and may wrap around. Both positions are kept
/// in slots of their own behind the ring, in a large one far enough apart that reader and writers, on different cores,
/// do not take cache lines from each other.
/// </summary>
internal sealed class MessageRing
{
    private const int LargeCapacity = 64;

    /// <summary>In slots: more than a cache line.</summary>
    private const int Distance = 3;

    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly int _writer;
    private readonly int _reader;

    /// <param name="capacity">A power of two.</param>
    public MessageRing(int capacity)
    {
        var distance = capacity < LargeCapacity ? 0 : Distance;
        _mask = capacity - 1;
        _writer = capacity + distance;
        _reader = _writer + distance + 1;
        _slots = new Slot[_reader + distance + 1];
        for (var i = 0; i < capacity; i++)
        {
            _slots[i].Turn = i;
        }
    }

    public int Capacity => _mask + 1;

    /// <summary>Set when the ring is closed.</summary>
    public MessageRing Next { get; private set; }

    public bool HasMessages => Count != 0;

    public int Count
    {
        get
        {
            var unread = Unread;
            return unread > Capacity ? unread - ClosedOffset : unread;
        }
    }

    public bool IsReadToItsEnd => Unread == ClosedOffset;

    private int Unread => Volatile.Read(ref _slots[_writer].Turn) - Volatile.Read(ref _slots[_reader].Turn);

    /// <summary>Further than any slot's turn can be: from there on no writer finds a slot that is free.</summary>
    private int ClosedOffset => 2 * Capacity;

    /// <summary>False if the ring is full or closed.</summary>
    public bool TryWrite(object message, IActorRef sender)
    {
        var slots = _slots;
        var mask = _mask;
        ref var writeAt = ref slots[_writer].Turn;
        var position = Volatile.Read(ref writeAt);
        while (true)
        {
            ref var slot = ref slots[position & mask];
            var ahead = Volatile.Read(ref slot.Turn) - position;
            if (ahead < 0)
            {
                return false;
            }

            if (ahead > 0)
            {
                position = Volatile.Read(ref writeAt);
                continue;
            }

            var seen = Interlocked.CompareExchange(ref writeAt, position + 1, position);
            if (seen == position)
            {
                slot.Sender = sender;
                slot.Message = message;
                Volatile.Write(ref slot.Turn, position + 1);
                return true;
            }

            position = seen;
        }
    }

    /// <summary>False if there is nothing to read. Waits for a writer that has taken a slot and not filled it yet.</summary>
    public bool TryRead(out Envelope envelope)
    {
        var slots = _slots;
        ref var readAt = ref slots[_reader].Turn;
        var position = readAt;
        ref var slot = ref slots[position & _mask];
        if (Volatile.Read(ref slot.Turn) != position + 1 && !TryAwait(ref slot, position))
        {
            envelope = default;
            return false;
        }

        envelope = new Envelope(slot.Message, slot.Sender);
        slot.Message = null;
        slot.Sender = null;
        readAt = position + 1;
        Volatile.Write(ref slot.Turn, position + _mask + 1);
        return true;
    }

    /// <summary>Lets no more messages in. Called once.</summary>
    public void Close(MessageRing next)
    {
        Next = next;
        Interlocked.Add(ref _slots[_writer].Turn, ClosedOffset);
    }

    private bool TryAwait(ref Slot slot, int position)
    {
        if (Count == 0)
        {
            return false;
        }

        var spinner = new SpinWait();
        while (Volatile.Read(ref slot.Turn) != position + 1)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }

    private struct Slot
    {
        public object Message;
        public IActorRef Sender;
        public int Turn;
    }
}
