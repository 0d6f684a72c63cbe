using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Gives something up when its heartbeats stay away for a fixed time.</summary>
public class DeadlineFailureDetector : FailureDetector
{
    private readonly long _deadline;
    private readonly Clock _clock;
    private long _lastHeartbeat;
    private volatile bool _isMonitoring;

    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(acceptableHeartbeatPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(heartbeatInterval, TimeSpan.Zero);
        _deadline = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
        _clock = clock ?? DefaultClock;
    }

    public DeadlineFailureDetector(Config config, EventStream eventStream)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"))
    {
    }

    public override bool IsAvailable => !_isMonitoring || Interlocked.Read(ref _lastHeartbeat) + _deadline > _clock();

    public override bool IsMonitoring => _isMonitoring;

    public override void HeartBeat()
    {
        Interlocked.Exchange(ref _lastHeartbeat, _clock());
        _isMonitoring = true;
    }
}
