using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Cluster;

/// <summary>Hosts of one run, in processes of their own, on free ports of the loopback address.</summary>
internal sealed class TestCluster : IDisposable
{
    private readonly string _program;
    private readonly string _experiment;
    private readonly List<HostProcess> _processes = [];
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);

    /// <summary>Prepares a cluster.</summary>
    /// <param name="program">Path of <c>fedactors.dll</c>.</param>
    /// <param name="directory">Where the hosts are started, and their files written.</param>
    /// <param name="experiment">The settings of the run, as HOCON.</param>
    /// <param name="hosts">The names of all hosts, so that each has a port.</param>
    public TestCluster(string program, string directory, string experiment, params string[] hosts)
    {
        _program = program;
        Directory = directory;
        _experiment = experiment;
        foreach (var host in hosts)
        {
            _ports.Add(host, FreePort.Next());
        }
    }

    public string Directory { get; }

    /// <summary>Folder of the results.</summary>
    public string Results => Path.Combine(Directory, "results");

    /// <summary>Settings of the actor system for every host, as HOCON.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Variables that every host finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string AddressOf(string host) => $"127.0.0.1:{_ports[host]}";

    /// <summary>Starts a host that may lead the run.</summary>
    public HostProcess StartAggregator(string name, params string[] arguments) =>
        Start(name, $"roles = [aggregator], run-directory = \"{Results}\"", arguments);

    /// <summary>Starts a host with devices.</summary>
    public HostProcess StartClient(string name, string clients, params string[] arguments) =>
        Start(name, $"roles = [client], clients = \"{clients}\"", arguments);

    /// <summary>Starts a host with devices that finds other variables in its environment than the others do.</summary>
    public HostProcess StartClient(string name, string clients, IReadOnlyDictionary<string, string> environment) =>
        Start(name, $"roles = [client], clients = \"{clients}\"", [], environment);

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private HostProcess Start(string name, string host, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var seeds = string.Join(", ", _ports.Values.Select(port => $"\"akka.tcp://fedactors@127.0.0.1:{port}\""));
        var file = Path.Combine(Directory, $"{name}.conf");
        File.WriteAllText(file, $$"""
            {{_experiment}}
            fedactors.host { name = {{name}}, workers = 1, {{host}} }
            akka {
              remote.dot-netty.tcp { hostname = 127.0.0.1, port = {{_ports[name]}} }
              cluster {
                seed-nodes = [{{seeds}}]
                seed-node-timeout = 1s
                retry-unsuccessful-join-after = 1s
              }
            }
            {{Engine}}
            """);
        var process = HostProcess.Start(_program, Directory, environment ?? Environment, [file, .. arguments]);
        _processes.Add(process);
        return process;
    }
}
