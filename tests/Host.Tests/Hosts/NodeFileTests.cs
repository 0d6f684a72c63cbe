using FedActors.Actors.Hosting;
using FedActors.Host.Errors;
using FedActors.Host.Hosts;
using FedActors.Host.Settings;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Hosts;

public sealed class NodeFileTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<string> Shipped => [.. Directory
        .EnumerateFiles(Repository.File("config", "hosts"), "*.conf")
        .Select(file => Path.GetFileName(file))
        .Where(name => name is not ("cluster.conf" or "tls.conf"))];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_host_can_be_read(string name)
    {
        var settings = Read(Repository.File("config", "hosts", name));

        Assert.Equal("cluster", settings.Experiment.Federation.Name);
        Assert.Equal(settings.CarriesDevices, settings.Clients.Length == 50);
        Assert.NotEmpty(settings.Engine.GetStringList("akka.cluster.seed-nodes"));
    }

    [Fact]
    public void The_shipped_hosts_carry_every_device_once()
    {
        var clients = new[] { "client-a.conf", "client-b.conf" }
            .SelectMany(name => Read(Repository.File("config", "hosts", name)).Clients);

        Assert.Equal(Enumerable.Range(0, 100), clients.Order());
    }

    [Fact]
    public void Settings_in_the_file_win_over_its_experiment_and_the_command_line_wins_over_both()
    {
        _host.Write("deep/experiment.conf", "fedactors { rounds = 5, seed = 5, network = mlp }");
        var file = _host.Write("deep/host.conf", """
            fedactors { experiment = "experiment.conf", rounds = 6, seed = 6, host { roles = [client], clients = "3, 7-9" } }
            akka.cluster.seed-nodes = ["akka.tcp://fedactors@one:1"]
            """);

        var settings = Read(file, "seed=7", "host.on-loss=reassign", "host.transfer.port=4063", "host.transfer.cache=32 KiB");

        var run = settings.Experiment.Federation;
        Assert.Equal((6, 7UL, "mlp"), (run.Rounds, run.Seed, run.Network));
        Assert.Equal(HostLossPolicy.Reassign, settings.OnLoss);
        Assert.Equal((4063, 32 * 1024), (settings.TransferPort, settings.Transfer.CacheSize));
        Assert.Equal("3, 7-9", ClientList.Show(settings.Clients));
    }

    [Theory]
    [InlineData("roles = []", "must name aggregator, client or both")]
    [InlineData("roles = [clients]", "must be a list of aggregator and client")]
    [InlineData("roles = [client]", "a host carries devices if, and only if, it has the role client")]
    [InlineData("roles = [aggregator], clients = all", "a host carries devices if, and only if, it has the role client")]
    [InlineData("roles = [client], clients = \"0-100\"", "clients are numbered 0 to 99")]
    [InlineData("roles = [client], clients = all, transfer.cache = 1 MB", "must be a size such as '64 KiB' or '256 MiB'")]
    [InlineData("roles = [client], clients = all, transfer.port = 0", "must be a whole number from 1 to 65535, or auto")]
    [InlineData("roles = [client], clients = all, role = x", "Did you mean fedactors.host.roles?")]
    public void A_mistake_is_named_with_what_is_allowed(string host, string message)
    {
        var file = _host.Write("host.conf", $"fedactors.host {{ {host} }}");

        var exception = Assert.Throws<SettingsException>(() => Read(file));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on", "akka.ssl.tcp://fedactors@one:1")]
    [InlineData("off", "akka.tcp://fedactors@one:1")]
    public void Seeds_have_the_protocol_that_the_hosts_speak(string encryption, string expected)
    {
        foreach (var written in new[] { "akka.tcp", "akka.ssl.tcp" })
        {
            var file = _host.Write("host.conf", $$"""
                fedactors.host { roles = [aggregator] }
                akka.remote.dot-netty.tcp.enable-ssl = {{encryption}}
                akka.cluster.seed-nodes = ["{{written}}://fedactors@one:1"]
                """);

            Assert.Equal([expected], Read(file).Engine.GetStringList("akka.cluster.seed-nodes"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("akka.cluster.seed-nodes = []")]
    public void A_host_without_seeds_is_refused_with_an_example(string seeds)
    {
        var file = _host.Write("host.conf", $"fedactors.host {{ roles = [aggregator] }}\n{seeds}");

        var exception = Assert.Throws<UsageException>(() => Read(file));

        Assert.Contains("akka.cluster.seed-nodes = [\"akka.tcp://fedactors@", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_kept_in_the_folder_of_results_knows_nothing_of_hosts()
    {
        var resolved = Read(Repository.File("config", "hosts", "client-a.conf")).Experiment.Resolved;

        Assert.DoesNotContain("akka", resolved, StringComparison.Ordinal);
        Assert.DoesNotContain("host", resolved, StringComparison.Ordinal);
    }

    private NodeSettings Read(string file, params string[] overrides) => new NodeFile(_host.Directory, _host.Variable).Read(file, overrides);
}
