using FedActors.Host.Tests.Cluster;

namespace FedActors.ClusterBench.Faults;

/// <summary><c>kill -9</c> of a host with devices in the middle of rounds, again and again.</summary>
internal static class ClientKills
{
    public static async Task MeasureAsync(int repetitions)
    {
        var rounds = 40 * (repetitions + 1);
        var directory = FaultCluster.NewDirectory();
        using var cluster = FaultCluster.Create(directory, rounds, "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        var victim = cluster.StartClient("b", "10-19");
        List<TimeSpan> unreachable = [], removed = [], back = [];
        await aggregator.SaysAsync("round ", FaultCluster.Patience);
        for (var kill = 0; kill < repetitions; kill++)
        {
            var mark = aggregator.Mark();
            var at = HostProcess.Now;
            victim.Kill();
            await victim.EndAsync(FaultCluster.Patience);
            unreachable.Add(await aggregator.SaysAsync($"{cluster.AddressOf("b")} is unreachable", FaultCluster.Patience, mark) - at);
            removed.Add(await aggregator.SaysAsync($"{cluster.AddressOf("b")} is removed", FaultCluster.Patience, mark) - at);

            mark = aggregator.Mark();
            at = HostProcess.Now;
            victim = cluster.StartClient("b", "10-19");
            await aggregator.SaysAsync("Host b takes part", FaultCluster.Patience, mark);
            back.Add(await aggregator.SaysAsync("round ", FaultCluster.Patience, mark) - at);
            Console.WriteLine($"kill {kill + 1}: unreachable {Figures.Seconds(unreachable[^1])}, removed {Figures.Seconds(removed[^1])}, next evaluated round {Figures.Seconds(back[^1])} after the restart");
        }

        var codes = new[]
        {
            await aggregator.EndAsync(FaultCluster.PatienceWithTheRest),
            await first.EndAsync(FaultCluster.PatienceWithTheRest),
            await victim.EndAsync(FaultCluster.PatienceWithTheRest),
        };
        Console.WriteLine($"exit codes {string.Join(", ", codes)}");
        Figures.Report("unreachable after", unreachable, TimeSpan.FromSeconds(6));
        Figures.Report("removed after", removed, TimeSpan.FromSeconds(20));
        var model = await File.ReadAllBytesAsync(Path.Combine(cluster.Results, "model.safetensors"));
        var expected = await FaultCluster.ModelOfOneProcessAsync(directory, rounds);
        Figures.Claim("the same bits as one process", model.SequenceEqual(expected));
    }
}
