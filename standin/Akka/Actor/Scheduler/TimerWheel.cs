using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Work by the tick at which it is due. Not safe for several threads.</summary>
internal sealed class TimerWheel(int slots)
{
    private readonly List<Item>[] _slots = new List<Item>[slots];
    private long _tick;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>Skips to a tick. Only while there is no work.</summary>
    public void MoveTo(long tick) => _tick = Math.Max(_tick, tick);

    public void Add(Item item, long tick)
    {
        item.Tick = Math.Max(tick, _tick + 1);
        (_slots[item.Tick % slots] ??= []).Add(item);
        _count++;
    }

    /// <summary>Takes out what is due at the given tick or before, in the order in which it is due.</summary>
    public void Advance(long tick, List<Item> due)
    {
        for (; _tick < tick && _count > 0; _tick++)
        {
            Collect(_tick + 1, due);
        }

        _tick = Math.Max(_tick, tick);
    }

    private void Collect(long tick, List<Item> due)
    {
        var slot = _slots[tick % slots];
        if (slot is null || slot.Count == 0)
        {
            return;
        }

        // Work for later turns of the wheel stays; what was called off goes, so that it can be collected.
        var kept = 0;
        for (var index = 0; index < slot.Count; index++)
        {
            var item = slot[index];
            if (item.Tick > tick && !item.IsCancelled)
            {
                slot[kept++] = item;
            }
            else if (!item.IsCancelled)
            {
                due.Add(item);
            }
        }

        _count -= slot.Count - kept;
        slot.RemoveRange(kept, slot.Count - kept);
    }

    internal sealed class Item(IRunnable work, ICancelable cancelable, TimeSpan due, TimeSpan interval)
    {
        public IRunnable Work { get; } = work;

        /// <summary>Zero if the work is done once.</summary>
        public TimeSpan Interval { get; } = interval;

        public TimeSpan Due { get; set; } = due;

        public long Tick { get; set; }

        public bool IsCancelled => cancelable is { IsCancellationRequested: true };
    }
}
