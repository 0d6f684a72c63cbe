using FedActors.Host.Tests.Cluster;

namespace FedActors.ClusterBench.Faults;

/// <summary>A host that is cut off for longer than the cluster waits, and comes back: frozen and thawed.</summary>
internal static class Partitions
{
    public static async Task MeasureAsync(int repetitions)
    {
        var rounds = 40 * (repetitions + 1);
        var directory = FaultCluster.NewDirectory();
        using var cluster = FaultCluster.Create(directory, rounds, "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var victim = cluster.StartClient("b", "10-19");
        List<TimeSpan> back = [];
        await aggregator.SaysAsync("round ", FaultCluster.Patience);
        for (var cut = 0; cut < repetitions; cut++)
        {
            var mark = aggregator.Mark();
            victim.Freeze();
            await aggregator.SaysAsync($"{cluster.AddressOf("b")} is removed", FaultCluster.Patience, mark);
            mark = aggregator.Mark();
            var at = HostProcess.Now;
            victim.Thaw();
            await aggregator.SaysAsync("Host b takes part", FaultCluster.Patience, mark);
            back.Add(await aggregator.SaysAsync("round ", FaultCluster.Patience, mark) - at);
            Console.WriteLine($"partition {cut + 1}: the next evaluated round {Figures.Seconds(back[^1])} after it healed");
        }

        var codes = new[]
        {
            await aggregator.EndAsync(FaultCluster.PatienceWithTheRest),
            await first.EndAsync(FaultCluster.PatienceWithTheRest),
            await victim.EndAsync(FaultCluster.PatienceWithTheRest),
        };
        Console.WriteLine($"exit codes {string.Join(", ", codes)}");
        Figures.Report("back in the run after", back, TimeSpan.FromSeconds(60));
        var model = await File.ReadAllBytesAsync(Path.Combine(cluster.Results, "model.safetensors"));
        var expected = await FaultCluster.ModelOfOneProcessAsync(directory, rounds);
        Figures.Claim("the same bits as one process", model.SequenceEqual(expected));
    }
}
