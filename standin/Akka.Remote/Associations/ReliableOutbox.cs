namespace Akka.Remote;

/// <summary>System messages to one incarnation of a system, numbered and kept until it says that it has handled them.</summary>
internal sealed class ReliableOutbox
{
    private readonly Queue<Entry> _unacknowledged = new();
    private long _lastNumber;

    public int Count => _unacknowledged.Count;

    /// <summary>When the oldest was first sent, or nothing was outstanding before.</summary>
    public long OldestSince { get; private set; }

    public long Add(in OutboundEnvelope envelope, long now)
    {
        if (_unacknowledged.Count == 0)
        {
            OldestSince = now;
        }

        _unacknowledged.Enqueue(new Entry(++_lastNumber, envelope));
        return _lastNumber;
    }

    /// <summary>Forgets what the other side has handled. False if it claims to have handled what was never sent.</summary>
    public bool Acknowledge(long upTo, long now)
    {
        if (upTo > _lastNumber)
        {
            return false;
        }

        while (_unacknowledged.TryPeek(out var oldest) && oldest.Number <= upTo)
        {
            _unacknowledged.Dequeue();
            OldestSince = now;
        }

        return true;
    }

    public Entry[] Snapshot(int limit = int.MaxValue) => [.. _unacknowledged.Take(limit)];

    /// <summary>A new incarnation knows of none of them, and counts from the beginning.</summary>
    public void Restart()
    {
        _unacknowledged.Clear();
        _lastNumber = 0;
    }

    public readonly record struct Entry(long Number, OutboundEnvelope Envelope);
}
