using System.Diagnostics;
using FedActors.Tensors.Bench.Workloads;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>The turns that one row took.</summary>
internal sealed class Measurement(ComparisonRow row) : IDisposable
{
    /// <summary>Long enough for the JIT to finish all code that the row runs.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly IWorkload _work = row.Prepare();
    private readonly List<double> _ours = [];
    private readonly List<double> _theirs = [];

    public ComparisonRow Row => row;

    /// <summary>The median turn here, in milliseconds for one repeat.</summary>
    public double Ours => Median(_ours);

    /// <summary>The median turn in PyTorch; null without PyTorch.</summary>
    public double? Theirs => _theirs.Count == 0 ? null : Median(_theirs);

    /// <summary>Managed bytes that one repeat allocates.</summary>
    public long Bytes { get; private set; }

    public void Prepare(TorchPeer? peer)
    {
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < WarmUp)
        {
            _work.Run();
        }

        _ = peer?.Measure(row, row.Repeats);
    }

    public void TakeTurns(TorchPeer? peer)
    {
        if (peer is not null)
        {
            _theirs.Add(peer.Measure(row, row.Repeats));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var times = new double[row.Repeats];
        foreach (ref var time in times.AsSpan())
        {
            var begin = Stopwatch.GetTimestamp();
            _work.Run();
            time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / row.Repeats;
        _ours.Add(Median(times));
    }

    public void Dispose() => _work.Dispose();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
