using System.Globalization;
using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Devices;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Hosting;

/// <summary>
/// Stands for the devices of all hosts beside the aggregator: it takes hosts in, calls their rolls, offers versions for
/// them to pull, and has a <see cref="RemoteClientActor"/> for each of their clients.
/// </summary>
public sealed class DownlinkActor : UntypedActor, IWithTimers
{
    private const string EndTimer = "end";
    private const string LateHostsTimer = "late-hosts";
    private const int MostEndCalls = 10;

    private static readonly TimeSpan EndInterval = TimeSpan.FromSeconds(1);

    /// <summary>Hosts that look for an aggregator ask every second, once they know that the former one is lost.</summary>
    private static readonly TimeSpan LateHostsInterval = TimeSpan.FromSeconds(10);

    private readonly DownlinkSettings _settings;
    private readonly IActorRef _transfer;
    private readonly IActorRef _observer;
    private readonly HostRegister _hosts;
    private readonly OfferedVersions _versions;
    private readonly PullBudget _budget;
    private readonly Dictionary<long, HashSet<IActorRef>> _waiting = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private IActorRef? _aggregator;
    private int _childrenMade;
    private readonly Dictionary<int, IActorRef> _clients = [];
    private readonly HashSet<int> _joined = [];
    private (LinkProtocol.RunEnded Ended, IActorRef Asker)? _end;
    private readonly HashSet<IActorRef> _unaware = [];
    private int _endCalls;
    private bool _awaitsLateHosts;

    /// <summary>Use <see cref="Props"/>.</summary>
    public DownlinkActor(DownlinkSettings settings, IActorRef transfer, IActorRef observer)
    {
        _settings = settings;
        _transfer = transfer;
        _observer = observer;
        _hosts = new HostRegister(settings);
        _versions = new OfferedVersions(settings.VersionsOnOffer);
        _budget = new PullBudget(settings.UpdatesInFlight);
    }

    private enum Signal
    {
        CallEnd,
        LateHostsHadTime,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Seat to downlink: tell all hosts that the run has ended, then answer <see cref="AllKnow"/>.</summary>
    /// <param name="Succeeded">Whether it was finished.</param>
    /// <param name="Message">How it ended, for people.</param>
    /// <param name="AwaitLateHosts">Whether hosts may still be on their way here, so that they are given time to come.</param>
    public sealed record Conclude(bool Succeeded, string Message, bool AwaitLateHosts = false) : INoSerializationVerificationNeeded;

    /// <summary>Downlink to seat: every host that could be reached knows of the end.</summary>
    public sealed record AllKnow : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly AllKnow Instance = new();
    }

    /// <summary>A downlink.</summary>
    /// <param name="settings">How it deals with hosts.</param>
    /// <param name="transfer">The transfer actor of this host.</param>
    /// <param name="observer">Is told <see cref="LinkEvents"/>.</param>
    public static Props Props(DownlinkSettings settings, IActorRef transfer, IActorRef observer) =>
        Akka.Actor.Props.Create(() => new DownlinkActor(settings, transfer, observer)).WithDispatcher(ActorsConfiguration.AggregatorDispatcher);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClientProtocol.Report report:
                Route(report.Client, report.AssignmentId, report.Update.Length, report);
                break;
            case LinkProtocol.ReportReady { Update.IsSound: true, Metrics: not null } ready:
                Route(ready.Client, ready.AssignmentId, ready.Update.Length, new RemoteClientProtocol.Ready(ready, Sender));
                break;
            case ClientProtocol.Join join:
                Enter(join);
                break;
            case ClientProtocol.AssignmentLost lost when IsOf(lost.Client, Sender):
                _clients.GetValueOrDefault(lost.Client)?.Tell(lost);
                break;
            case ClientProtocol.FetchVersion fetch when _hosts.Knows(Sender):
                Fetch(fetch);
                break;
            case ClientProtocol.VersionFetched fetched:
                Offer(fetched);
                break;
            case ClientProtocol.VersionGone gone:
                AnswerFetch(gone.Version, gone, Self);
                break;
            case RemoteClientProtocol.AskRoom ask:
                GiveRoom(_budget.Ask(Sender, ask.Size));
                break;
            case RemoteClientProtocol.ReturnRoom:
                GiveRoom(_budget.Return(Sender));
                break;
            case DeviceProtocol.RollCall rollCall:
                CallRoll(rollCall.Aggregator);
                break;
            default:
                Manage(message);
                break;
        }
    }

    private void Manage(object message)
    {
        switch (message)
        {
            case LinkProtocol.Register register:
                Register(register);
                break;
            case Conclude conclude:
                End(conclude);
                break;
            case LinkProtocol.EndHeard:
                _unaware.Remove(Sender);
                EndIfAllKnow();
                break;
            case Signal.CallEnd:
                CallEnd();
                break;
            case Signal.LateHostsHadTime:
                _awaitsLateHosts = false;
                EndIfAllKnow();
                break;
            case Terminated terminated:
                Lose(terminated.ActorRef);
                break;
            case ClientProtocol.AssignmentLost or ClientProtocol.FetchVersion or LinkProtocol.ReportReady:
                // From a host that is not, or no longer, taken in; or not a report.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Register(LinkProtocol.Register register)
    {
        if (_end is { } end)
        {
            TellLateHost(end.Ended);
            return;
        }

        switch (_hosts.Enter(Sender, register))
        {
            case HostRegister.Entry.Known:
                break;
            case HostRegister.Entry.Taken taken:
                Context.Watch(Sender);
                _observer.Tell(new LinkEvents.HostJoined(register.Host, Sender.Path.Address, register.Clients.Length));
                _joined.ExceptWith(register.Clients);
                if (taken.Replaced is { } replaced)
                {
                    Context.Unwatch(replaced);
                }

                break;
            case HostRegister.Entry.Occupied occupied:
                Sender.Tell(new LinkProtocol.Postponed(occupied.Reason));
                return;
            case HostRegister.Entry.Different different:
                _observer.Tell(new LinkEvents.HostRefused(register.Host, Sender.Path.Address, different.Differences));
                Sender.Tell(new LinkProtocol.Refused([.. different.Differences]));
                return;
        }

        var isNew = !_hosts.IsAnswered(Sender);
        Sender.Tell(new LinkProtocol.Registered(_settings.Run));

        // The roll, or an answer to it, may have been lost on its way.
        if (_aggregator is not null && (isNew || !_joined.IsSupersetOf(register.Clients)))
        {
            Sender.Tell(new LinkProtocol.CallRoll(_settings.Run));
        }
    }

    private void CallRoll(IActorRef aggregator)
    {
        _aggregator = aggregator;
        _joined.Clear();

        // An aggregator that starts again may give the same number to another version.
        foreach (var name in _versions.Clear())
        {
            _transfer.Tell(new TransferProtocol.Withdraw(name));
        }

        foreach (var uplink in _hosts.Uplinks)
        {
            uplink.Tell(new LinkProtocol.CallRoll(_settings.Run));
        }
    }

    private void Enter(ClientProtocol.Join join)
    {
        if (_aggregator is null || !IsOf(join.Client, Sender))
        {
            return;
        }

        if (!_clients.TryGetValue(join.Client, out var child))
        {
            child = Context.Watch(Context.ActorOf(
                RemoteClientActor.Props(join.Client, _settings.OnLoss, _transfer),
                string.Create(CultureInfo.InvariantCulture, $"client-{join.Client}-{++_childrenMade}")));
            _clients.Add(join.Client, child);
        }

        _joined.Add(join.Client);
        child.Tell(new RemoteClientProtocol.Joins(join, Sender, _aggregator));
    }

    /// <summary>Hands a report on to whoever stands for its client.</summary>
    private void Route(int client, long assignment, int length, object report)
    {
        if (!IsOf(client, Sender))
        {
            return;
        }

        if (!_clients.TryGetValue(client, out var child))
        {
            // This downlink has never seen the client join; the client reports again after it has.
            _hosts.UplinkAt(Sender.Path.Address)?.Tell(new LinkProtocol.CallRoll(_settings.Run));
            return;
        }

        if (length != _settings.Parameters)
        {
            // Not worth a pull: acceptance would refuse it for its length.
            _log.Warning("Client {0} offers an update of {1} values; the model has {2}", client, length, _settings.Parameters);
            child.Tell(new ClientProtocol.Rejected(assignment, $"the update has {length} values, the model {_settings.Parameters}"));
            return;
        }

        child.Tell(report);
    }

    private bool IsOf(int client, IActorRef sender) => _hosts.CarrierOf(client) is { } carrier && carrier.Equals(sender.Path.Address);

    private void Fetch(ClientProtocol.FetchVersion fetch)
    {
        if (_versions.Find(fetch.Version) is { } reference)
        {
            Sender.Tell(new LinkProtocol.VersionReady(fetch.Version, reference), _transfer);
            return;
        }

        if (!_waiting.TryGetValue(fetch.Version, out var waiting))
        {
            _waiting.Add(fetch.Version, waiting = []);
        }

        waiting.Add(Sender);
        _aggregator?.Tell(fetch, Self);
    }

    private void Offer(ClientProtocol.VersionFetched fetched)
    {
        if (_versions.Find(fetched.Version) is null)
        {
            var hash = fetched.Parameters.Hash;
            var reference = new VectorReference(
                string.Create(CultureInfo.InvariantCulture, $"version-{fetched.Version}-{hash[..16]}"), hash, fetched.Parameters.Length);
            _transfer.Tell(new TransferProtocol.Offer(reference.Name, fetched.Parameters, Once: false));
            foreach (var name in _versions.Add(fetched.Version, reference))
            {
                _transfer.Tell(new TransferProtocol.Withdraw(name));
            }
        }

        AnswerFetch(fetched.Version, new LinkProtocol.VersionReady(fetched.Version, _versions.Find(fetched.Version)!), _transfer);
    }

    private void AnswerFetch(long version, object answer, IActorRef sender)
    {
        if (_waiting.Remove(version, out var waiting))
        {
            foreach (var uplink in waiting)
            {
                uplink.Tell(answer, sender);
            }
        }
    }

    private static void GiveRoom(IReadOnlyList<IActorRef> served)
    {
        foreach (var child in served)
        {
            child.Tell(RemoteClientProtocol.RoomGiven.Instance);
        }
    }

    private void Lose(IActorRef gone)
    {
        if (_hosts.Remove(gone) is { } host)
        {
            _observer.Tell(new LinkEvents.HostLost(host.Host, gone.Path.Address, host.Clients.Length));
            _joined.ExceptWith(host.Clients);
            foreach (var client in host.Clients)
            {
                _clients.GetValueOrDefault(client)?.Tell(RemoteClientProtocol.HostLost.Instance);
            }

            _unaware.Remove(gone);
            EndIfAllKnow();
            return;
        }

        foreach (var (client, _) in _clients.Where(pair => pair.Value.Equals(gone)).ToList())
        {
            _clients.Remove(client);
        }

        GiveRoom(_budget.Return(gone));
    }

    private void End(Conclude conclude)
    {
        _end = (new LinkProtocol.RunEnded(conclude.Succeeded, conclude.Message), Sender);
        _unaware.UnionWith(_hosts.Uplinks);
        if (conclude.AwaitLateHosts)
        {
            _awaitsLateHosts = true;
            Timers.StartSingleTimer(LateHostsTimer, Signal.LateHostsHadTime, LateHostsInterval);
        }

        CallEnd();
    }

    private void TellLateHost(LinkProtocol.RunEnded ended)
    {
        if (_awaitsLateHosts)
        {
            _unaware.Add(Sender);
        }

        Sender.Tell(ended);
    }

    private void CallEnd()
    {
        if (_end is not { } end)
        {
            return;
        }

        foreach (var uplink in _unaware)
        {
            uplink.Tell(end.Ended);
        }

        if (_endCalls++ >= MostEndCalls)
        {
            _unaware.Clear();
        }

        EndIfAllKnow();
        Timers.StartSingleTimer(EndTimer, Signal.CallEnd, EndInterval);
    }

    private void EndIfAllKnow()
    {
        if (_end is { } end && _unaware.Count == 0 && !_awaitsLateHosts)
        {
            end.Asker.Tell(AllKnow.Instance);
        }
    }
}
