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
    private const int SmallModel = 21_840;
    private const int LargeModel = 11_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A real aggregator's host with network <c>cnn</c>, 21,840 parameters, on the wall clock.</summary>
    public static async Task SmallAsync(int updates)
    {
        const int buffer = 100;
        using var cluster = Cluster(updates / buffer, Clients, $$"""
            cadence { policy = buffered, buffer = {{buffer}} }
            selection.concurrency = {{Clients}}
            """);
        using var aggregator = cluster.StartAggregator("aggregator");
        await aggregator.SaysAsync("Ready", FaultCluster.Patience);
        using var first = StartDevices(cluster, (0, 4));
        using var second = StartDevices(cluster, (5, 9));
        var peak = 0L;
        var rate = new SteadyRate();
        var ended = aggregator.EndAsync(Patience);
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
        var summary = await SummaryAsync(cluster);
        Report(SmallModel, (long)summary["updatesAggregated"]!, (double)summary["wallSeconds"]!, rate, peak, goal: 2500);
    }

    /// <summary>A thousand clients on one host, all of them in every round: how often does a version cross?</summary>
    public static async Task CrowdAsync(int rounds)
    {
        const int clients = 1000;
        using var cluster = Cluster(rounds, clients, "cadence.policy = synchronous");
        using var aggregator = cluster.StartAggregator("aggregator");
        await aggregator.SaysAsync("Ready", FaultCluster.Patience);
        using var devices = StartDevices(cluster, (0, clients - 1));
        Console.WriteLine($"exit code {await aggregator.EndAsync(Patience)}");
        var updates = (long)(await SummaryAsync(cluster))["updatesAggregated"]!;
        var crossed = await devices.EndAsync();
        Console.WriteLine($"{updates} updates of {clients} clients on one host in {rounds} rounds: {crossed} versions crossed");
        Figures.Claim("each version crossed once", updates == clients * (long)rounds && crossed == rounds);
    }

    private static TestCluster Cluster(int rounds, int clients, string more) => new(
        FaultCluster.Program,
        FaultCluster.NewDirectory(),
        $$"""
        fedactors {
          name = load
          clock = wall
          rounds = {{rounds}}
          network = cnn
          data { clients = {{clients}}, samples-per-client = 10, partition = iid }
          selection { policy = available, per-round = {{clients}} }
          {{more}}
          devices.slow.choose = none
          staleness.policy = none
          evaluation.every = 100000 rounds
          journal.interval = 1s
        }
        """,
        "aggregator");

    private static DeviceProcess StartDevices(TestCluster cluster, (int First, int Last) clients) => DeviceProcess.Start(
        $"akka.tcp://fedactors@{cluster.AddressOf("aggregator")}", clients, SmallModel, Path.Combine(cluster.Directory, "aggregator.conf"));

    private static async Task<JsonNode> SummaryAsync(TestCluster cluster) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(cluster.Results, "summary.json")))!;

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
        var (seed, ended) = LargeLeader.Start(LargeModel, Clients, updates, FaultCluster.NewDirectory());
        using var first = DeviceProcess.Start(seed, (0, 4), LargeModel, DeviceProcess.NoFile);
        using var second = DeviceProcess.Start(seed, (5, 9), LargeModel, DeviceProcess.NoFile);
        var (seconds, rate, peak) = await ended;
        Report(LargeModel, updates, seconds, rate, peak, goal: 15);
    }

    private static void Report(int parameters, long updates, double seconds, SteadyRate rate, long peak, double goal)
    {
        Console.WriteLine(
            $"{parameters} parameters: {updates} updates accepted and journaled in {seconds:0.0} s: {updates / seconds:0.0}/s, "
            + $"in the second half of that time {rate.PerSecond:0.0}/s (goal: at least {goal}), {rate.PerSecond * 4.0 * parameters / 1e6:0} MB/s; "
            + $"the aggregator's host had at most {peak / 1e6:0} MB resident");
    }
}
