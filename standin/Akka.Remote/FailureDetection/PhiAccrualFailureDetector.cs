using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Gives something up when a heartbeat is later than the earlier ones make likely (Hayashibara et al., 2004). The suspicion is
/// φ = −log10(P), P being the chance that a heartbeat takes at least this long if intervals are normally distributed.
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly Lock _lock = new();
    private readonly Clock _clock;
    private readonly double _threshold;
    private readonly int _maxSampleSize;
    private readonly double _minStdDeviation;
    private readonly double _acceptablePause;
    private readonly long _firstEstimate;
    private readonly EventStream _eventStream;
    private HeartbeatHistory _history;
    private long? _lastHeartbeat;

    public PhiAccrualFailureDetector(
        double threshold,
        int maxSampleSize,
        TimeSpan minStdDeviation,
        TimeSpan acceptableHeartbeatPause,
        TimeSpan firstHeartbeatEstimate,
        Clock clock = null)
        : this(clock)
    {
        _threshold = threshold;
        _maxSampleSize = maxSampleSize;
        _minStdDeviation = minStdDeviation.TotalMilliseconds;
        _acceptablePause = acceptableHeartbeatPause.TotalMilliseconds;
        _firstEstimate = (long)firstHeartbeatEstimate.TotalMilliseconds;
        _history = NewHistory();
    }

    public PhiAccrualFailureDetector(Config config, EventStream ev)
        : this(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval")) => _eventStream = ev;

    protected PhiAccrualFailureDetector(Clock clock) => _clock = clock ?? DefaultClock;

    /// <summary>Who is watched, for the log.</summary>
    public string Address { get; set; } = "N/A";

    public override bool IsAvailable
    {
        get
        {
            lock (_lock)
            {
                return Phi(_clock()) < _threshold;
            }
        }
    }

    public override bool IsMonitoring
    {
        get
        {
            lock (_lock)
            {
                return _lastHeartbeat is not null;
            }
        }
    }

    public override void HeartBeat()
    {
        lock (_lock)
        {
            var now = _clock();
            if (_lastHeartbeat is not { } last)
            {
                _history = NewHistory();
            }
            else if (Phi(now) < _threshold)
            {
                // The pause of a failure would skew the statistics, so it is not part of them.
                var interval = now - last;
                _history.Add(interval);
                if (_eventStream is not null && interval >= _acceptablePause * 2 / 3)
                {
                    _eventStream.Publish(new Warning(
                        ToString(), GetType(), $"heartbeat interval is growing too large for address {Address}: {interval} millis"));
                }
            }

            _lastHeartbeat = now;
        }
    }

    private HeartbeatHistory NewHistory()
    {
        // Two made-up intervals with a wide spread, so that something with a single heartbeat can be given up as well.
        var history = new HeartbeatHistory(_maxSampleSize);
        var deviation = _firstEstimate / 4;
        history.Add(_firstEstimate - deviation);
        history.Add(_firstEstimate + deviation);
        return history;
    }

    private double Phi(long now)
    {
        if (_lastHeartbeat is not { } last)
        {
            return 0;
        }

        var mean = _history.Mean + _acceptablePause;
        var elapsed = now - last;

        // A logistic approximation of the normal distribution, with an error below 0.00014.
        var y = (elapsed - mean) / Math.Max(_history.StdDeviation, _minStdDeviation);
        var e = Math.Exp(-y * (1.5976 + (0.070566 * y * y)));
        return elapsed > mean ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - (1 / (1 + e)));
    }
}
