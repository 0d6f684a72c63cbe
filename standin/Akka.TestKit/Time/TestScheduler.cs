using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>A clock that stands still until the test moves it.</summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly TimeProvider _realTime = TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<ScheduledWork, (DateTimeOffset Due, long Order)> _pending = new();
    private readonly long _started;
    private DateTimeOffset _now;
    private long _scheduled;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _started = _realTime.GetTimestamp();
        _now = _realTime.GetUtcNow();
    }

    public DateTimeOffset Now => _now;

    public TimeSpan MonotonicClock => _realTime.GetElapsedTime(_started);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    protected DateTimeOffset TimeNow => _now;

    /// <summary>Moves the clock, and runs on this thread everything that has become due.</summary>
    /// <remarks>Repeated work runs once and is due again one interval after the new time.</remarks>
    public void Advance(TimeSpan offset)
    {
        foreach (var work in TakeDue(offset))
        {
            if (work.IsCancelled)
            {
                continue;
            }

            work.Run();
            if (work.Interval is { } interval && !work.IsCancelled)
            {
                Schedule(interval, work);
            }
        }
    }

    /// <summary>Moves the clock to a later time.</summary>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < _now)
        {
            throw new InvalidOperationException("You can't reverse time...");
        }

        Advance(when - _now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, new ScheduledWork(() => receiver.Tell(message, sender), cancelable, null));

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, new ScheduledWork(() => receiver.Tell(message, sender), cancelable, interval));

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, new ScheduledWork(action, cancelable, null));

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, new ScheduledWork(action, cancelable, interval));

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action.Run, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        ScheduleOnce(delay, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, ScheduledWork work)
    {
        lock (_gate)
        {
            _pending.Enqueue(work, (_now + delay, _scheduled++));
        }
    }

    private List<ScheduledWork> TakeDue(TimeSpan offset)
    {
        var due = new List<ScheduledWork>();
        lock (_gate)
        {
            _now += offset;
            while (_pending.TryPeek(out _, out var next) && next.Due <= _now)
            {
                due.Add(_pending.Dequeue());
            }
        }

        return due;
    }

    private sealed record ScheduledWork(Action Run, ICancelable Cancelable, TimeSpan? Interval)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
