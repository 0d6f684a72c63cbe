using System.Diagnostics;

namespace FedActors.ClusterBench.Loads;

/// <summary>The rate of a count over the second half of the time, when processes have warmed up.</summary>
internal sealed class SteadyRate
{
    private readonly List<(double Seconds, long Count)> _points = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    public double PerSecond
    {
        get
        {
            var (end, count) = _points[^1];
            var (start, before) = _points.First(point => point.Seconds >= end / 2);
            return end > start ? (count - before) / (end - start) : double.NaN;
        }
    }

    /// <summary>Takes a reading. Only those above the one before count.</summary>
    public void Add(long count)
    {
        if (_points.Count == 0 || count > _points[^1].Count)
        {
            _points.Add((Stopwatch.GetElapsedTime(_start).TotalSeconds, count));
        }
    }
}
