using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer.Channel;
using FedActors.Host.Hosts;
using FedActors.Host.Runs;

namespace FedActors.ClusterBench.Loads;

/// <summary>A host whose devices have their update ready when they are asked, in a process of its own.</summary>
internal sealed class DeviceProcess : IDisposable
{
    public const string Verb = "devices";

    /// <summary>Instead of a host's file: there is no run, only an aggregator.</summary>
    public const string NoFile = "-";

    private readonly Process _process;

    private DeviceProcess(Process process) => _process = process;

    /// <summary>Starts a host.</summary>
    /// <param name="seed">Address of the leading host.</param>
    /// <param name="clients">Its first and last client.</param>
    /// <param name="parameters">Length of an update.</param>
    /// <param name="file">The leading host's file, or <see cref="NoFile"/>.</param>
    public static DeviceProcess Start(string seed, (int First, int Last) clients, int parameters, string file)
    {
        string[] arguments = [Verb, seed, $"{clients.First}", $"{clients.Last}", $"{parameters}", file];
        return new DeviceProcess(Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "FedActors.Cluster.Bench.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>How many versions have come to the host, once it has ended with the run.</summary>
    public async Task<long> EndAsync()
    {
        // Before that it may have warned of something.
        var said = (await _process.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n');
        return long.Parse(said[^1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>What such a process does.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var numbers = arguments[1..4].Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (seed, parameters, file) = (arguments[0], numbers[2], arguments[4]);
        var clients = Enumerable.Range(numbers[0], numbers[1] - numbers[0] + 1).ToArray();
        using var system = BenchSystem.Start($"akka.cluster {{ seed-nodes = [\"{seed}\"], roles = [client] }}");
        var channel = new CountingChannel(TcpVectorChannel.Open(system, port: 0));
        var transfer = BenchSystem.StartTransfer(system, "transfer", channel);
        var (seat, manifest) = file == NoFile ? (await LargeLeader.FindAsync(system, seed), Array.Empty<string>()) : FindSeat(system, file);
        var devices = system.ActorOf(Props.Create(() => new InstantDevices(clients, parameters, 10)), "devices");
        var observer = system.ActorOf(Props.Create(() => new Observer()));
        system.ActorOf(
            UplinkActor.Props(new LinkProtocol.Register($"host-{clients[0]}", clients, manifest), new UplinkLinks(seat, transfer, devices, observer)),
            "uplink");
        await system.WhenTerminated;
        Console.WriteLine(channel.Received);
    }

    private static (IActorRef Seat, string[] Manifest) FindSeat(ActorSystem system, string file)
    {
        var settings = new NodeFile(Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Read(file, []);
        var plan = RunPlanning.Create(settings.Experiment, RunPlanning.Load(settings.Experiment));
        var seat = system.ActorOf(
            ClusterSingletonProxy.Props("/user/federation", ClusterSingletonProxySettings.Create(system)), "seat");
        return (seat, Manifest.Of(settings.Experiment, plan).Lines);
    }

    /// <summary>Leaves the cluster when the run is over.</summary>
    private sealed class Observer : ReceiveActor
    {
        public Observer() => Receive<LinkEvents.RunEnded>(
            _ => CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance));
    }
}
