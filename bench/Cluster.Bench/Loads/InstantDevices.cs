using Akka.Actor;
using FedActors.Actors;
using FedActors.Actors.Devices;
using FedActors.Models.Parameters;

namespace FedActors.ClusterBench.Loads;

/// <summary>Clients that fetch the version they are given and report at once. Each update is a vector of its own, to be hashed anew.</summary>
internal sealed class InstantDevices : ReceiveActor
{
    public InstantDevices(int[] clients, int parameters, int samples)
    {
        var children = clients.Select(client => Context.ActorOf(InstantClient.Props(client, parameters, samples))).ToList();
        Receive<DeviceProtocol.RollCall>(call => children.ForEach(child => child.Tell(new ClientProtocol.Enlist(call.Aggregator))));
    }

    private sealed class InstantClient : ReceiveActor, IWithTimers
    {
        private readonly int _client;
        private readonly int _samples;
        private readonly ParameterVector _update;
        private readonly Queue<ClientProtocol.Assign> _queue = new();
        private IActorRef _aggregator = ActorRefs.Nobody;
        private ClientProtocol.Assign? _current;
        private ClientProtocol.Report? _report;

        public InstantClient(int client, int parameters, int samples)
        {
            _client = client;
            _samples = samples;
            _update = ParameterVector.Create(parameters, values => values.Fill(1e-6f * (client + 1)));
            Receive<ClientProtocol.Enlist>(Enlist);
            Receive<ClientProtocol.Assign>(Take);
            Receive<ClientProtocol.VersionFetched>(Report);
            Receive<ClientProtocol.Accepted>(accepted => End(accepted.AssignmentId));
            Receive<ClientProtocol.Rejected>(rejected => End(rejected.AssignmentId));
            Receive<string>(_ => Repeat());
            ReceiveAny(_ => { });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        /// <summary>A client beside the uplink, on its thread: waking another would cost more than all that it does.</summary>
        public static Props Props(int client, int parameters, int samples) =>
            Akka.Actor.Props.Create(() => new InstantClient(client, parameters, samples)).WithDispatcher(ActorsConfiguration.TransferDispatcher);

        private void Enlist(ClientProtocol.Enlist enlist)
        {
            _aggregator = enlist.Aggregator;
            _aggregator.Tell(new ClientProtocol.Join(_client, _samples));
            Timers.StartPeriodicTimer("repeat", "repeat", TimeSpan.FromSeconds(5));
        }

        private void Take(ClientProtocol.Assign assign)
        {
            if (_current?.AssignmentId != assign.AssignmentId && _queue.All(known => known.AssignmentId != assign.AssignmentId))
            {
                _queue.Enqueue(assign);
                Next();
            }
        }

        private void Next()
        {
            if (_current is null && _queue.TryDequeue(out _current))
            {
                _aggregator.Tell(new ClientProtocol.FetchVersion(_current.Version));
            }
        }

        private void Report(ClientProtocol.VersionFetched fetched)
        {
            if (_current is { } current && _report is null && fetched.Version == current.Version)
            {
                _report = new ClientProtocol.Report(
                    current.AssignmentId, _client, current.Version, _samples, ParameterVector.FromSpan(_update.Span), new TrainingMetrics(1, 0, 0));
                _aggregator.Tell(_report);
            }
        }

        private void End(long id)
        {
            if (_current?.AssignmentId == id)
            {
                _current = null;
                _report = null;
                Next();
            }
        }

        private void Repeat()
        {
            if (_current is { } current)
            {
                _aggregator.Tell(_report is null ? new ClientProtocol.FetchVersion(current.Version) : _report);
            }
        }
    }
}
