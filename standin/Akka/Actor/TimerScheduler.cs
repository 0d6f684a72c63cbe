namespace Akka.Actor;

/// <summary>
/// The timers of one instance of an actor. A message that is in the mailbox already when its timer is cancelled or replaced
/// is recognised by the timer it came from and dropped.
/// </summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Timer> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        var timer = Replace(key, repeats: true);
        timer.Task = cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            initialDelay, interval, cell.Self, new TimerMessage(this, timer, msg), ActorRefs.NoSender);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout)
    {
        var timer = Replace(key, repeats: false);
        timer.Task = cell.System.Scheduler.ScheduleTellOnceCancelable(
            timeout, cell.Self, new TimerMessage(this, timer, msg), ActorRefs.NoSender);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
        {
            Log("Cancel timer [{0}]", key);
            timer.Task?.Cancel();
        }
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Task?.Cancel();
        }

        _timers.Clear();
    }

    /// <summary>Whether a message of this timer may still be delivered.</summary>
    public bool Accept(Timer timer)
    {
        if (!_timers.TryGetValue(timer.Key, out var current) || !ReferenceEquals(current, timer))
        {
            Log("Received timer [{0}] that has been removed or replaced, discarding", timer.Key);
            return false;
        }

        if (!timer.Repeats)
        {
            _timers.Remove(timer.Key);
        }

        return true;
    }

    private Timer Replace(object key, bool repeats)
    {
        Cancel(key);
        var timer = new Timer(key, repeats);
        _timers.Add(key, timer);
        Log("Start timer [{0}]", key);
        return timer;
    }

    private void Log(string format, object key)
    {
        if (cell.System.Settings.DebugTimerScheduler)
        {
            cell.System.Log.Log(Event.LogLevel.DebugLevel, null, string.Format(format, key));
        }
    }

    internal sealed class Timer(object key, bool repeats)
    {
        public object Key { get; } = key;

        public bool Repeats { get; } = repeats;

        public ICancelable Task { get; set; }
    }
}

/// <summary>A timer's message on its way to the actor that set the timer.</summary>
internal sealed class TimerMessage(TimerScheduler owner, TimerScheduler.Timer timer, object message)
    : IWrappedMessage, INoSerializationVerificationNeeded
{
    public object Message { get; } = message;

    /// <summary>What the actor is to see: nothing if the timer, or the instance that set it, is gone.</summary>
    public object Accept(ActorBase actor) =>
        actor is IWithTimers { Timers: { } timers } && ReferenceEquals(timers, owner) && owner.Accept(timer) ? Message : null;

    public override string ToString() => $"TimerMsg(key={timer.Key}, message={Message})";
}
