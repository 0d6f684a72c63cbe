using System.Text.Json.Nodes;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Cluster;

/// <summary>Real processes on loopback.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterTests : IDisposable
{
    // Generous, because a busy machine is no failure.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "fedactors.dll");

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Three_processes_end_with_the_same_bits_as_one()
    {
        using var cluster = Create(Rounds(20), "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var second = cluster.StartClient("b", "2/2");

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await first.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await second.EndAsync(Patience));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(20));
        Assert.Contains(first.Lines, line => line.StartsWith("Ready: a at akka.tcp://", StringComparison.Ordinal));
        Assert.Contains(aggregator.Lines, line => line.Contains("Host b takes part with 10 clients", StringComparison.Ordinal));
    }

    [FaultFact]
    public async Task A_killed_host_with_devices_comes_back_and_the_bits_stay_the_same()
    {
        using var cluster = Create(Rounds(40), "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var victim = cluster.StartClient("b", "10-19");
        await aggregator.SaysAsync("round ", Patience);

        victim.Kill();
        await aggregator.SaysAsync($"{cluster.AddressOf("b")} is removed", Patience);
        using var heir = cluster.StartClient("b", "10-19");

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await heir.EndAsync(Patience));
        Assert.Contains(aggregator.Lines, line => line.Contains("Host b is lost with 10 clients", StringComparison.Ordinal));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(40));
    }

    [FaultFact]
    public async Task A_host_with_devices_that_leaves_and_comes_back_leaves_the_bits_the_same()
    {
        using var cluster = Create(Rounds(40), "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var leaving = cluster.StartClient("b", "10-19");
        await aggregator.SaysAsync("round ", Patience);

        leaving.Interrupt();
        Assert.Equal(ExitCode.Interrupted, await leaving.EndAsync(Patience));
        await aggregator.SaysAsync($"{cluster.AddressOf("b")} is gone", Patience);
        using var again = cluster.StartClient("b", "10-19");

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await again.EndAsync(Patience));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(40));
    }

    [Fact]
    public async Task Another_aggregator_takes_over_from_a_killed_one_and_the_bits_stay_the_same()
    {
        using var cluster = Create(Rounds(40), "one", "two", "a");
        using var leader = cluster.StartAggregator("one");
        await leader.SaysAsync("Ready", Patience);
        using var standby = cluster.StartAggregator("two");
        await standby.SaysAsync("Ready", Patience);
        using var devices = cluster.StartClient("a", "all");
        await leader.SaysAsync("round ", Patience);

        leader.Kill();

        Assert.Equal(ExitCode.Done, await standby.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await devices.EndAsync(Patience));
        Assert.Contains("This host leads the run, and goes on from its journal.", standby.Lines);
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(40));
    }

    [FaultFact]
    public async Task An_aggregator_that_is_started_again_goes_on_from_its_journal()
    {
        using var cluster = Create(Rounds(40), "aggregator", "a", "b");
        using var killed = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var second = cluster.StartClient("b", "10-19");
        await killed.SaysAsync("round ", Patience);

        killed.Kill();
        await killed.EndAsync(Patience);
        using var again = cluster.StartAggregator("aggregator");

        Assert.Equal(ExitCode.Done, await again.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await first.EndAsync(Patience));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(40));
    }

    [FaultFact]
    public async Task A_host_that_was_cut_off_joins_again_when_it_is_back()
    {
        using var cluster = Create(Rounds(40), "aggregator", "a", "b");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var cutOff = cluster.StartClient("b", "10-19");
        await aggregator.SaysAsync("round ", Patience);

        cutOff.Freeze();
        await aggregator.SaysAsync($"{cluster.AddressOf("b")} is removed", Patience);
        cutOff.Thaw();

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await cutOff.EndAsync(Patience));
        Assert.Contains(cutOff.Lines, line => line.Contains("joining again", StringComparison.Ordinal));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(40));
    }

    [Fact]
    public async Task A_host_with_other_settings_is_refused_and_told_how_they_differ()
    {
        using var cluster = Create(Rounds(20), "aggregator", "a");
        using var aggregator = cluster.StartAggregator("aggregator");
        using var stranger = cluster.StartClient("a", "0-9", "--set", "network=cnn");

        Assert.Equal(ExitCode.Usage, await stranger.EndAsync(Patience));
        Assert.Contains("network is 'cnn' on the host, but 'mlp' on the aggregator", stranger.Everything, StringComparison.Ordinal);
        aggregator.Interrupt();
        Assert.Equal(ExitCode.Interrupted, await aggregator.EndAsync(Patience));
    }

    [FaultFact]
    public async Task With_reassign_the_work_of_a_lost_host_is_dropped_and_the_run_goes_on_without_it()
    {
        using var cluster = new TestCluster(Program, _host.Directory, Rounds(40), "aggregator", "a", "b")
        {
            Engine = Haste.Settings + "fedactors.host.on-loss = reassign",
        };
        using var aggregator = cluster.StartAggregator("aggregator");
        using var first = cluster.StartClient("a", "0-9");
        using var victim = cluster.StartClient("b", "10-19");
        await aggregator.SaysAsync("round ", Patience);

        victim.Kill();

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await first.EndAsync(Patience));
        var summary = JsonNode.Parse(File.ReadAllText(Path.Combine(cluster.Results, "summary.json")))!;
        Assert.Equal(40, (int)summary["rounds"]!);
        Assert.True((int)summary["updatesDropped"]! > 0, summary.ToJsonString());
    }

    [LinuxFact("Trusts an authority of its own through SSL_CERT_FILE, which only Linux heeds.")]
    public async Task Encrypted_hosts_that_show_certificates_train_together()
    {
        Assert.Equal(ExitCode.Done, (await _host.RunAsync("host", "certificate", "--out", "certs", "--host", "127.0.0.1")).ExitCode);
        using var cluster = new TestCluster(Program, _host.Directory, Rounds(10), "aggregator", "a")
        {
            Engine = Haste.Settings + File.ReadAllText(Repository.File("config", "hosts", "tls.conf")),
            Environment = new Dictionary<string, string>
            {
                ["SSL_CERT_FILE"] = _host.PathOf("certs", "authority.crt"),
                ["FEDACTORS_CERTIFICATE"] = _host.PathOf("certs", "127.0.0.1.pfx"),
            },
        };
        using var aggregator = cluster.StartAggregator("aggregator");
        using var devices = cluster.StartClient("a", "all");

        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await devices.EndAsync(Patience));
        await AssertSameBitsAsOneProcessAsync(cluster, Rounds(10));
    }

    [LinuxFact("Trusts an authority of its own through SSL_CERT_FILE, which only Linux heeds.")]
    public async Task A_host_whose_certificate_nobody_trusts_ends_and_the_others_go_on()
    {
        foreach (var folder in (string[])["certs", "others"])
        {
            Assert.Equal(ExitCode.Done, (await _host.RunAsync("host", "certificate", "--out", folder, "--host", "127.0.0.1")).ExitCode);
        }

        Dictionary<string, string> Trusting(string folder) => new()
        {
            ["SSL_CERT_FILE"] = _host.PathOf(folder, "authority.crt"),
            ["FEDACTORS_CERTIFICATE"] = _host.PathOf(folder, "127.0.0.1.pfx"),
        };

        var engine = Haste.Settings + File.ReadAllText(Repository.File("config", "hosts", "tls.conf"));
        using var cluster = new TestCluster(Program, _host.Directory, Rounds(10), "aggregator", "a", "stranger")
        {
            Engine = engine,
            Environment = Trusting("certs"),
        };
        using var aggregator = cluster.StartAggregator("aggregator");
        await aggregator.SaysAsync("Ready", Patience);
        using var stranger = cluster.StartClient("stranger", "all", Trusting("others"));

        Assert.Equal(ExitCode.Failed, await stranger.EndAsync(Patience));
        Assert.Contains("certificates", stranger.Everything, StringComparison.Ordinal);

        using var devices = cluster.StartClient("a", "all");
        Assert.Equal(ExitCode.Done, await aggregator.EndAsync(Patience));
        Assert.Equal(ExitCode.Done, await devices.EndAsync(Patience));
    }

    private static string Rounds(int rounds) => $$"""
        fedactors {
          name = small
          rounds = {{rounds}}
          network = mlp
          data { clients = 20, samples-per-client = 20 }
          training.epochs = 2
          selection.per-round = 4
          devices {
            slow.latency = 5 rounds
            dropout { crash = 0.1, offline = 0.1, min-backoff = 1ms }
          }
          evaluation.every = 2 rounds
          journal.interval = 0s
        }

        """;

    private TestCluster Create(string experiment, params string[] hosts) =>
        new(Program, _host.Directory, experiment, hosts) { Engine = Haste.Settings };

    private async Task AssertSameBitsAsOneProcessAsync(TestCluster cluster, string experiment)
    {
        _host.Write("one.conf", experiment);
        Assert.Equal(ExitCode.Done, (await _host.RunAsync("run", "one.conf", "--out", "one")).ExitCode);
        Assert.Equal(
            File.ReadAllBytes(_host.PathOf("one", "model.safetensors")),
            File.ReadAllBytes(Path.Combine(cluster.Results, "model.safetensors")));
    }
}
