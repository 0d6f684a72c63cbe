using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using FedActors.Actors;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Hosting;
using FedActors.Actors.Journal;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.ClusterBench.Loads;

/// <summary>
/// The aggregator's host for a model that is larger than those of the catalogue: the real downlink and log of accepted
/// updates, and an aggregator that averages every ten updates into the next version.
/// </summary>
internal static class LargeLeader
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static (string Seed, Task<(double Seconds, SteadyRate Rate, long Peak)> Ended) Start(int parameters, int clients, int updates, string directory)
    {
        var system = BenchSystem.Start("akka.cluster.roles = [aggregator]");
        var cluster = Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        var transfer = BenchSystem.StartTransfer(system, "transfer");
        var downlink = system.ActorOf(
            DownlinkActor.Props(
                new DownlinkSettings
                {
                    Run = "large",
                    Manifest = new SettingsManifest([]),
                    Clients = clients,
                    Parameters = parameters,
                    OnLoss = HostLossPolicy.Await,
                },
                transfer,
                system.DeadLetters),
            "downlink");
        var ended = new TaskCompletionSource<(double, SteadyRate, long)>();
        system.ActorOf(
            Props.Create(() => new Aggregator(parameters, clients, updates, directory, downlink, ended))
                .WithDispatcher(ActorsConfiguration.AggregatorDispatcher));
        return (cluster.SelfAddress.ToString(), ended.Task);
    }

    public static async Task<IActorRef> FindAsync(ActorSystem system, string seed) =>
        await system.ActorSelection($"{seed}/user/downlink").ResolveOne(Patience);

    private sealed class Aggregator : ReceiveActor
    {
        private const int Buffer = 10;

        private readonly int _updates;
        private readonly TaskCompletionSource<(double, SteadyRate, long)> _ended;
        private readonly AcceptedLog _log;
        private readonly Dictionary<int, IActorRef> _clients = [];
        private readonly float[] _sum;
        private readonly SteadyRate _rate = new();

        /// <summary>Who waits for the disk: as in the journal, the next updates are written while it works.</summary>
        private List<(IActorRef Sender, ClientProtocol.Report Report)> _written = [];
        private List<(IActorRef Sender, ClientProtocol.Report Report)> _inForce = [];
        private Task _forcing = Task.CompletedTask;
        private ParameterVector _model;
        private long _version;
        private long _next = 1;
        private int _taken;
        private long _started;

        public Aggregator(int parameters, int clients, int updates, string directory, IActorRef downlink, TaskCompletionSource<(double, SteadyRate, long)> ended)
        {
            _updates = updates;
            _ended = ended;
            _model = ParameterVector.Zeros(parameters);
            _sum = new float[parameters];
            _log = new AcceptedLog(directory, _ => { });
            _log.Begin(0, []);
            Receive<ClientProtocol.Join>(join =>
            {
                if (_clients.TryAdd(join.Client, Sender) && _clients.Count == clients)
                {
                    _started = Stopwatch.GetTimestamp();
                    foreach (var client in _clients.Keys)
                    {
                        Assign(client);
                    }
                }
            });
            Receive<ClientProtocol.FetchVersion>(fetch => Sender.Tell(fetch.Version == _version
                ? new ClientProtocol.VersionFetched(_version, _model)
                : new ClientProtocol.VersionGone(fetch.Version)));
            Receive<ClientProtocol.Report>(Take);
            Receive<Forced>(_ => Confirm());
            downlink.Tell(new DeviceProtocol.RollCall(Self));
        }

        private void Assign(int client) =>
            _clients[client].Tell(new ClientProtocol.Assign(_next++, client, _version, 0, new TrainingRecipe(1, null, 0.1)));

        private void Take(ClientProtocol.Report report)
        {
            _log.Append(new AcceptedUpdate(new Assignment(report.AssignmentId, report.Client, report.BaseVersion, 0, TimeSpan.Zero), 10, 1, 0, 0, report.Update));
            _written.Add((Sender, report));
            Force();
        }

        private void Force()
        {
            if (_inForce.Count == 0 && _written.Count > 0)
            {
                (_inForce, _written) = (_written, _inForce);
                _forcing = _log.ForceAsync();
                _forcing.PipeTo(Self, success: () => Forced.Instance);
            }
        }

        private void Confirm()
        {
            var safe = _inForce.ToArray();
            _inForce.Clear();
            Force();
            foreach (var (client, report) in safe)
            {
                Count(client, report);
            }
        }

        private void Count(IActorRef client, ClientProtocol.Report report)
        {
            if (_taken == _updates)
            {
                return;
            }

            System.Numerics.Tensors.TensorPrimitives.Add(_sum, report.Update.Span, _sum);
            _rate.Add(++_taken);
            if (_taken % Buffer == 0)
            {
                // A new version, and with it a new log, as after a checkpoint. What the model does not hold yet stays in the old one.
                _model = _model.AddScaled(ParameterVector.FromSpan(_sum), 1.0 / Buffer);
                Array.Clear(_sum);
                _forcing.GetAwaiter().GetResult();
                _log.ForceAsync().GetAwaiter().GetResult();
                _log.Begin(++_version, _inForce.Concat(_written).Select(waiting => waiting.Report.AssignmentId));
            }

            client.Tell(new ClientProtocol.Accepted(report.AssignmentId));
            if (_taken == _updates)
            {
                using var process = Process.GetCurrentProcess();
                _ended.SetResult((Stopwatch.GetElapsedTime(_started).TotalSeconds, _rate, process.PeakWorkingSet64));
                return;
            }

            Assign(report.Client);
        }

        private sealed record Forced : INoSerializationVerificationNeeded
        {
            public static readonly Forced Instance = new();
        }
    }
}
