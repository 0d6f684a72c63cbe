using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The ordinary scheduler. One thread turns a wheel of slots, a slot every tick; work waits in the slot of the tick at which
/// it is due, so that adding, calling off and running it take the same time however much is waiting.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly long _origin = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly TimerWheel _wheel;
    private readonly TimeSpan _tick;
    private readonly TimeSpan _shutdownTimeout;
    // It ends the wait for the next tick, which comes 100 times a second and is not worth spinning for.
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly AutoResetEvent _newWork = new(initialState: false);
    private Thread _thread;
    private bool _disposed;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        _tick = SchedulerConfig.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        _shutdownTimeout = SchedulerConfig.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5));
        var slots = SchedulerConfig.GetInt("akka.scheduler.ticks-per-wheel", 512);
        if (slots <= 0 || _tick < TimeSpan.FromMilliseconds(1))
        {
            throw new ConfigurationException("akka.scheduler.ticks-per-wheel must be positive and tick-duration at least 1 ms");
        }

        _wheel = new TimerWheel(slots);
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(_origin);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        Thread thread;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            thread = _thread;
            _stop.Set();
            _newWork.Set();
        }

        if (thread is not null && thread != Thread.CurrentThread && !thread.Join(_shutdownTimeout))
        {
            Log.Warning("Failed to shutdown scheduler within {0}", _shutdownTimeout);
        }
    }

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, TimeSpan.Zero, new ActionRunnable(action), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Schedule(delay, TimeSpan.Zero, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, new ActionRunnable(action), cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, TimeSpan.Zero, new ScheduledTell(receiver, message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, new ScheduledTell(receiver, message, sender), cancelable);

    private void Schedule(TimeSpan delay, TimeSpan interval, IRunnable work, ICancelable cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
        {
            return;
        }

        var item = new TimerWheel.Item(work, cancelable, MonotonicClock + delay, interval);
        lock (_lock)
        {
            if (_disposed)
            {
                throw new SchedulerException("cannot enqueue after timer shutdown");
            }

            // A program that never schedules anything has no such thread.
            if (_thread is null)
            {
                _thread = new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" };
                _thread.Start();
            }

            Add(item);
        }
    }

    /// <summary>At the first tick at or after the due time: never early.</summary>
    private void Add(TimerWheel.Item item)
    {
        var wasEmpty = _wheel.IsEmpty;
        if (wasEmpty)
        {
            // While it was empty the wheel stood still.
            _wheel.MoveTo(CurrentTick);
        }

        _wheel.Add(item, (item.Due.Ticks + _tick.Ticks - 1) / _tick.Ticks);
        if (wasEmpty)
        {
            _newWork.Set();
        }
    }

    private long CurrentTick => MonotonicClock.Ticks / _tick.Ticks;

    private void Turn()
    {
        var due = new List<TimerWheel.Item>();
        while (!_stop.IsSet)
        {
            bool isEmpty;
            lock (_lock)
            {
                _wheel.Advance(CurrentTick, due);
                isEmpty = _wheel.IsEmpty && due.Count == 0;
            }

            foreach (var item in due)
            {
                Run(item);
            }

            due.Clear();
            if (isEmpty)
            {
                _newWork.WaitOne();
            }
            else
            {
                _stop.Wait(NextTick());
            }
        }
    }

    private TimeSpan NextTick()
    {
        var ticks = _tick.Ticks - (MonotonicClock.Ticks % _tick.Ticks);
        return TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(ticks).TotalMilliseconds));
    }

    private void Run(TimerWheel.Item item)
    {
        if (item.IsCancelled)
        {
            return;
        }

        try
        {
            item.Work.Run();
        }
        catch (Exception e)
        {
            // What failed once is not tried again.
            Log.Error(e, "Error while executing scheduled task {0}", item.Work);
            return;
        }

        if (item.Interval > TimeSpan.Zero && !item.IsCancelled)
        {
            lock (_lock)
            {
                // From the due time, not from now: the average rate is the one that was asked for.
                item.Due += item.Interval;
                Add(item);
            }
        }
    }

    private sealed class ScheduledTell(ICanTell receiver, object message, IActorRef sender) : IRunnable
    {
        public void Run() => receiver.Tell(message, sender);

        public override string ToString() => $"[{receiver}.Tell({message}, {sender})]";
    }
}
