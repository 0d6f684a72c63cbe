namespace Akka.Dispatch;

public partial class Mailbox
{
    private const int Open = 0;
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;
    private const int SuspendMask = ~(SuspendUnit - 1);

    private int _status;

    internal bool IsClosed() => Volatile.Read(ref _status) == Closed;

    internal bool IsSuspended() => (Volatile.Read(ref _status) & SuspendMask) != 0;

    internal int SuspendCount() => Volatile.Read(ref _status) / SuspendUnit;

    internal bool IsScheduled() => (Volatile.Read(ref _status) & Scheduled) != 0;

    /// <summary>Returns true if there is work and the caller must now find a thread for it.</summary>
    internal bool TryScheduleWaitingWork()
    {
        var status = Volatile.Read(ref _status);
        var due = HasSystemMessages || (status == Open && MessageQueue.HasMessages);
        return due && TrySchedule();
    }

    /// <summary>Returns true if this was the last reason to be suspended.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status == Closed)
            {
                return false;
            }

            var next = status < SuspendUnit ? status : status - SuspendUnit;
            if (Interlocked.CompareExchange(ref _status, next, status) == status)
            {
                return next < SuspendUnit;
            }
        }
    }

    internal void Suspend()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status == Closed || Interlocked.CompareExchange(ref _status, status + SuspendUnit, status) == status)
            {
                return;
            }
        }
    }

    internal void BecomeClosed() => Interlocked.Exchange(ref _status, Closed);

    /// <summary>Returns true if the caller must now find a thread to run the mailbox.</summary>
    internal bool TrySchedule()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
            {
                return true;
            }
        }
    }
}
