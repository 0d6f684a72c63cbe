using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using FedActors.Actors;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Actors.Transfer.Channel;
using FedActors.Actors.Workers;
using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Hosts;

/// <summary>One membership of a host in the cluster, from joining to leaving or being put out.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string SeatName = "federation";

    private readonly Engine _engine;
    private readonly TcpVectorChannel _channel;
    private readonly WorkerPool _workers;

    private Node(Engine engine, TcpVectorChannel channel, WorkerPool workers, Task<NodeOutcome> outcome)
    {
        _engine = engine;
        _channel = channel;
        _workers = workers;
        Outcome = outcome;
    }

    /// <summary>Ends when the run has ended, or the host can't take part in it.</summary>
    public Task<NodeOutcome> Outcome { get; }

    /// <summary>Where the other hosts find this one.</summary>
    public Address Address => Cluster.Get(_engine.System).SelfAddress;

    /// <summary>Ends when the actors have ended without being asked to; then <see cref="Fault"/> says whether that is a fault.</summary>
    public Task PutOut => _engine.System.WhenTerminated;

    /// <summary>
    /// Why a host that was put out should not join again; null where the cluster itself put it out, after a partition, or it
    /// found no cluster in time.
    /// </summary>
    public string? Fault => CoordinatedShutdown.Get(_engine.System).ShutdownReason switch
    {
        CoordinatedShutdown.ClusterDowningReason or CoordinatedShutdown.ClusterLeavingReason
            or CoordinatedShutdown.ClusterJoinUnsuccessfulReason => null,

        // Akka.NET ends the actor system of whoever called, and keeps the type of its reason to itself.
        { } reason when reason.GetType().Name == "TlsHandshakeFailureReason" =>
            "This host and another one do not accept each other's certificates, or only one of them encrypts. Look at "
            + "akka.remote.dot-netty.tcp.ssl and enable-ssl of both; the option --verbose shows what the connection ended with.",
        var reason => $"The actors of this host have ended: {reason?.GetType().Name ?? "for no reason that is known"}.",
    };

    /// <summary>Starts the actors of a host.</summary>
    public static Node Start(
        HostEnvironment environment,
        NodeSettings settings,
        FederationPlan plan,
        SettingsManifest manifest,
        string directory,
        NodeNarration narration,
        bool verbose)
    {
        var engine = Engine.Start(Compose(settings.Engine, settings.Roles, verbose), verbose ? environment.Error : null);
        var workers = new WorkerPool(settings.Workers);
        var ended = new TaskCompletionSource<NodeOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var system = engine.System;
        var channel = OpenChannel(system, settings.TransferPort);
        var address = Cluster.Get(system).SelfAddress;
        var name = settings.Name ?? NodeNarration.Show(address);

        var carries = settings.CarriesDevices ? $", clients {ClientList.Show(settings.Clients)}" : "";
        var ready = $"Ready: {name} at {address}, {string.Join(" and ", settings.Roles)}{carries}.";
        system.ActorOf(ClusterWatcher.Props(narration, ready), "watcher");
        system.ActorOf(RefusalWatcher.Props(narration), "refusals");
        var observer = system.ActorOf(NodeObserver.Props(narration, ended), "observer");
        var transfer = system.ActorOf(TransferActor.Props(settings.Transfer, channel), "transfer");
        if (settings.MayLead)
        {
            OfferSeat(system, SeatActor.Props(SeatOf(environment, settings, plan, manifest, directory, workers), transfer, observer));
        }

        var seat = FindSeat(system);
        var devices = settings.CarriesDevices
            ? system.ActorOf(
                DeviceSupervisorActor.Props(new DeviceEnvironment(plan, workers, environment.Time), settings.Clients), "devices")
            : ActorRefs.Nobody;
        system.ActorOf(
            UplinkActor.Props(
                new LinkProtocol.Register(name, [.. settings.Clients], manifest.Lines),
                new UplinkLinks(seat, transfer, devices, observer)),
            "uplink");
        return new Node(engine, channel, workers, ended.Task);
    }

    /// <summary>Leaves the cluster in order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _channel.Dispose();
        _workers.Dispose();
    }

    /// <summary>The settings of a host's actor system.</summary>
    /// <param name="engine">Those of its file, which win.</param>
    /// <param name="roles">What it does; see <see cref="HostRole"/>.</param>
    /// <param name="verbose">Whether its actors' log is wanted.</param>
    internal static Config Compose(Config engine, IEnumerable<string> roles, bool verbose)
    {
        // Warnings are wanted in any case, because refused messages are counted by them.
        var own = ConfigurationFactory.ParseString(
            $"{SettingPath.Engine} {{ cluster.roles = [{string.Join(", ", roles)}], loglevel = {(verbose ? "INFO" : "WARNING")} }}");
        return engine
            .WithFallback(own)
            .WithFallback(ConfigurationFactory.FromResource("FedActors.Host.cluster.conf", typeof(Node).Assembly))
            .WithFallback(ActorsConfiguration.Remote);
    }

    /// <summary>Lets the oldest of the hosts that do this have the seat. It is told when it must make room for another.</summary>
    internal static void OfferSeat(ActorSystem system, Props seat) => system.ActorOf(
        ClusterSingletonManager.Props(seat, SeatProtocol.Leave.Instance, ClusterSingletonManagerSettings.Create(system)), SeatName);

    /// <summary>The way to the seat, wherever it is.</summary>
    internal static IActorRef FindSeat(ActorSystem system) => system.ActorOf(
        ClusterSingletonProxy.Props($"/user/{SeatName}", ClusterSingletonProxySettings.Create(system)), "seat");

    private static TcpVectorChannel OpenChannel(ActorSystem system, int port)
    {
        try
        {
            return TcpVectorChannel.Open(system, port);
        }
        catch (IOException refusal)
        {
            system.Terminate();
            throw new UsageException($"fedactors.host.transfer.port can't be used: {refusal.Message}", refusal);
        }
    }

    private static SeatOptions SeatOf(
        HostEnvironment environment,
        NodeSettings settings,
        FederationPlan plan,
        SettingsManifest manifest,
        string directory,
        WorkerPool workers) => new()
        {
            Plan = plan,
            Run = new RunOptions
            {
                Directory = directory,
                Workers = settings.Workers,
                TaskThreads = settings.TaskThreads,
                Packages = ProductVersion.Packages,
                Time = environment.Time,
            },
            Workers = workers,
            Downlink = new DownlinkSettings
            {
                Run = plan.Settings.Name,
                Manifest = manifest,
                Clients = plan.Settings.Data.Clients,
                Parameters = plan.Network.Layout.Count,
                OnLoss = settings.OnLoss,
                UpdatesInFlight = settings.UpdatesInFlight,
            },
            Settings = settings.Experiment.Resolved,
        };
}
