using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using FedActors.Actors.Hosting;
using FedActors.Host.Hosts;
using FedActors.Host.Runs;

namespace FedActors.ClusterBench.Loads;

/// <summary>A host whose devices have their update ready when they are asked.</summary>
internal static class DeviceProcess
{
    public const string Verb = "devices";

    public static Process Start(string seed, string clients, string parameters, string file) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "FedActors.Cluster.Bench.dll"), Verb, seed, clients, parameters, file]))!;

    public static async Task RunAsync(string[] arguments)
    {
        var (seed, share, parameters, file) = (arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture), arguments[3]);
        var ends = share.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        var clients = Enumerable.Range(ends[0], ends[1] - ends[0] + 1).ToArray();
        using var system = BenchSystem.Start($"akka.cluster {{ seed-nodes = [\"{seed}\"], roles = [client] }}");
        var transfer = BenchSystem.StartTransfer(system, "transfer");
        var (seat, manifest) = file == "-" ? (await LargeLeader.FindAsync(system, seed), Array.Empty<string>()) : FindSeat(system, file);
        var devices = system.ActorOf(Props.Create(() => new InstantDevices(clients, parameters, 10)), "devices");
        system.ActorOf(UplinkActor.Props(
            new LinkProtocol.Register(share, clients, manifest), new UplinkLinks(seat, transfer, devices, system.DeadLetters)), "uplink");
        await system.WhenTerminated;
    }

    private static (IActorRef Seat, string[] Manifest) FindSeat(ActorSystem system, string file)
    {
        var settings = new NodeFile(Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Read(file, []);
        var plan = RunPlanning.Create(settings.Experiment, RunPlanning.Load(settings.Experiment));
        var seat = system.ActorOf(
            ClusterSingletonProxy.Props("/user/federation", ClusterSingletonProxySettings.Create(system)), "seat");
        return (seat, Manifest.Of(settings.Experiment, plan).Lines);
    }
}
