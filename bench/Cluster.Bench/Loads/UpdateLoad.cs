using System.Globalization;
using System.Text.Json.Nodes;
using FedActors.ClusterBench.Faults;
using FedActors.Host.Tests.Cluster;

namespace FedActors.ClusterBench.Loads;

/// <summary>
/// Updates from trainers that return at once: ten clients on two hosts, through the whole chain of pull, acceptance,
/// journal and answer.
/// </summary>
internal static class UpdateLoad
{
    private const int Clients = 10;

    /// <summary>A real aggregator's host with network <c>cnn</c>, 21,840 parameters, on the wall clock.</summary>
    public static async Task SmallAsync(int updates)
    {
        const int buffer = 100;
        var directory = FaultCluster.NewDirectory();
        var experiment = $$"""
            fedactors {
              name = load
              clock = wall
              rounds = {{updates / buffer}}
              network = cnn
              data { clients = {{Clients}}, samples-per-client = 10, partition = iid }
              selection { policy = available, per-round = {{Clients}}, concurrency = {{Clients}} }
              cadence { policy = buffered, buffer = {{buffer}} }
              devices.slow.choose = none
              staleness.policy = none
              evaluation.every = 100000 rounds
              journal.interval = 1s
            }
            """;
        using var cluster = new TestCluster(FaultCluster.Program, directory, experiment, "aggregator");
        using var aggregator = cluster.StartAggregator("aggregator");
        await aggregator.SaysAsync("Ready", FaultCluster.Patience);
        var seed = $"akka.tcp://fedactors@{cluster.AddressOf("aggregator")}";
        var file = Path.Combine(directory, "aggregator.conf");
        using var first = DeviceProcess.Start(seed, "0-4", "21840", file);
        using var second = DeviceProcess.Start(seed, "5-9", "21840", file);
        var peak = 0L;
        var rate = new SteadyRate();
        var ended = aggregator.EndAsync(TimeSpan.FromMinutes(5));
        while (!ended.IsCompleted)
        {
            try
            {
                peak = Math.Max(peak, aggregator.ResidentBytes);
                rate.Add(buffer * SavedVersions(cluster.Results));
            }
            catch (InvalidOperationException)
            {
                break;
            }

            await Task.WhenAny(ended, Task.Delay(100));
        }

        Console.WriteLine($"exit code {await ended}");
        var summary = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(cluster.Results, "summary.json")))!;
        Report(21_840, (long)summary["updatesAggregated"]!, (double)summary["wallSeconds"]!, rate, peak, goal: 2500);
    }

    /// <summary>The version of the newest checkpoint: there is one each second.</summary>
    private static long SavedVersions(string results)
    {
        var journal = new DirectoryInfo(Path.Combine(results, "journal"));
        return journal.Exists ? journal.EnumerateFiles("checkpoint-*").Select(file => Number(file.Name)).DefaultIfEmpty().Max() : 0;

        static long Number(string name) => long.TryParse(name["checkpoint-".Length..], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>11 million parameters, which no network here has: an aggregator that takes, journals and averages them.</summary>
    public static async Task LargeAsync(int updates)
    {
        const int parameters = 11_000_000;
        var directory = FaultCluster.NewDirectory();
        var (seed, ended) = LargeLeader.Start(parameters, Clients, updates, directory);
        using var first = DeviceProcess.Start(seed, "0-4", $"{parameters}", "-");
        using var second = DeviceProcess.Start(seed, "5-9", $"{parameters}", "-");
        var (seconds, rate, peak) = await ended;
        Report(parameters, updates, seconds, rate, peak, goal: 15);
        first.Kill();
        second.Kill();
    }

    private static void Report(int parameters, long updates, double seconds, SteadyRate rate, long peak, double goal)
    {
        Console.WriteLine(
            $"{parameters} parameters: {updates} updates accepted and journaled in {seconds:0.0} s: {updates / seconds:0.0}/s, "
            + $"in the second half of that time {rate.PerSecond:0.0}/s (goal: at least {goal}), {rate.PerSecond * 4.0 * parameters / 1e6:0} MB/s; "
            + $"the aggregator's host had at most {peak / 1e6:0} MB resident");
    }
}
