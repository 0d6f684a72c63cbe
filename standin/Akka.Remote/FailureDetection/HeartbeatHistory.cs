namespace Akka.Remote;

/// <summary>The last intervals between heartbeats, with their mean and spread kept up to date.</summary>
internal sealed class HeartbeatHistory
{
    private readonly Queue<long> _intervals = new();
    private readonly int _capacity;
    private double _sum;
    private double _sumOfSquares;

    public HeartbeatHistory(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    public double Mean => _sum / _intervals.Count;

    /// <summary>Rounding must not make a variance of next to nothing negative.</summary>
    public double StdDeviation => Math.Sqrt(Math.Max(0, (_sumOfSquares / _intervals.Count) - (Mean * Mean)));

    public void Add(long interval)
    {
        if (_intervals.Count == _capacity)
        {
            var oldest = _intervals.Dequeue();
            _sum -= oldest;
            _sumOfSquares -= (double)oldest * oldest;
        }

        _intervals.Enqueue(interval);
        _sum += interval;
        _sumOfSquares += (double)interval * interval;
    }
}
