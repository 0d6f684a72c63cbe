using FedActors.Host.Tests.Cluster;

namespace FedActors.ClusterBench.Faults;

/// <summary><c>kill -9</c> of the leading host at random instants, while another waits to take over, again and again.</summary>
internal static class AggregatorKills
{
    public static async Task MeasureAsync(int repetitions)
    {
        var rounds = 80 * (repetitions + 1);
        var directory = FaultCluster.NewDirectory();
        var random = new Random(1);
        using var cluster = FaultCluster.Create(directory, rounds, "one", "two", "a", "b");
        string[] names = ["one", "two"];
        HostProcess[] aggregators = [cluster.StartAggregator("one"), null!];
        using var first = cluster.StartClient("a", "0-9");
        using var second = cluster.StartClient("b", "10-19");
        await aggregators[0].SaysAsync("Ready", FaultCluster.Patience);
        aggregators[1] = cluster.StartAggregator("two");
        await aggregators[1].SaysAsync("Ready", FaultCluster.Patience);
        var leader = 0;
        List<TimeSpan> times = [];
        await aggregators[leader].SaysAsync("round ", FaultCluster.Patience);
        for (var kill = 0; kill < repetitions; kill++)
        {
            await Task.Delay(random.Next(0, 1500));
            var heir = 1 - leader;
            var mark = aggregators[heir].Mark();
            var at = HostProcess.Now;
            aggregators[leader].Kill();
            await aggregators[leader].EndAsync(FaultCluster.Patience);
            await aggregators[heir].SaysAsync("This host leads the run", FaultCluster.Patience, mark);
            times.Add(await aggregators[heir].SaysAsync("round ", FaultCluster.Patience, mark) - at);
            Console.WriteLine($"kill {kill + 1}: the next evaluated round after {Figures.Seconds(times[^1])}");
            aggregators[leader] = cluster.StartAggregator(names[leader]);
            await aggregators[leader].SaysAsync("Ready", FaultCluster.Patience);
            leader = heir;
        }

        var codes = new[]
        {
            await aggregators[0].EndAsync(FaultCluster.PatienceWithTheRest),
            await aggregators[1].EndAsync(FaultCluster.PatienceWithTheRest),
            await first.EndAsync(FaultCluster.PatienceWithTheRest),
            await second.EndAsync(FaultCluster.PatienceWithTheRest),
        };
        Console.WriteLine($"exit codes {string.Join(", ", codes)}");
        Figures.Report("the run goes on after", times, TimeSpan.FromSeconds(40));
        var model = await File.ReadAllBytesAsync(Path.Combine(cluster.Results, "model.safetensors"));
        var expected = await FaultCluster.ModelOfOneProcessAsync(directory, rounds);
        Figures.Claim("the same bits as one process", model.SequenceEqual(expected));
    }
}
