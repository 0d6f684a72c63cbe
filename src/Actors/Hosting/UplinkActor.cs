using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Hosting;

/// <summary>
/// Stands for the aggregator on a host with devices: clients talk to it as they would to the aggregator itself. A
/// version is pulled once for all of them; updates travel with their report where one frame holds them, and are offered
/// for the aggregator's host to pull where not.
/// </summary>
public sealed class UplinkActor : UntypedActor, IWithTimers
{
    private const string RegisterTimer = "register";
    private const int MostKnown = 256;

    private static readonly TimeSpan RegisterInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(5);

    private readonly LinkProtocol.Register _register;
    private readonly UplinkLinks _links;
    private readonly int _largestWhole;
    private readonly SortedDictionary<long, VectorReference> _known = [];
    private readonly Dictionary<int, string> _offered = [];
    private readonly Dictionary<string, long> _pulls = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HashSet<IActorRef>> _waiting = [];

    private IActorRef? _downlink;

    /// <summary>Use <see cref="Props"/>.</summary>
    public UplinkActor(LinkProtocol.Register register, UplinkLinks links, int largestWhole)
    {
        _register = register;
        _links = links;
        _largestWhole = largestWhole;
    }

    private enum Signal
    {
        Register,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>An uplink.</summary>
    /// <param name="register">What the host tells of itself.</param>
    /// <param name="links">Whom it talks to.</param>
    /// <param name="largestWhole">The most bytes of an update that travels with its report.</param>
    public static Props Props(LinkProtocol.Register register, UplinkLinks links, int largestWhole = TransferSettings.LargestWhole) =>
        Akka.Actor.Props.Create(() => new UplinkActor(register, links, largestWhole)).WithDispatcher(ActorsConfiguration.TransferDispatcher);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Register();
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClientProtocol.Report report:
                Send(report);
                break;
            case ClientProtocol.FetchVersion fetch:
                Fetch(fetch.Version);
                break;
            case ClientProtocol.Join or ClientProtocol.AssignmentLost:
                // Without an aggregator the message is lost; the next roll call and the next assignment make up for it.
                _downlink?.Tell(message, Sender);
                break;
            case LinkProtocol.VersionReady ready when IsOfTheLeader(Sender):
                Learn(ready);
                Pull(ready.Version, Sender);
                break;
            case ClientProtocol.VersionGone gone:
                Answer(gone.Version, gone);
                break;
            case TransferProtocol.Pulled pulled when _pulls.Remove(pulled.Reference.Name, out var version):
                Answer(version, new ClientProtocol.VersionFetched(version, pulled.Vector));
                break;
            case TransferProtocol.PullFailed failed when _pulls.Remove(failed.Reference.Name, out var version):
                AskAgain(version);
                break;
            case TransferProtocol.Pulled or TransferProtocol.PullFailed or LinkProtocol.VersionReady:
                // About what nobody waits for any more, or from a host that does not lead.
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
            case LinkProtocol.Registered:
                Enter(Sender);
                break;
            case LinkProtocol.CallRoll:
                _links.Devices.Tell(new DeviceProtocol.RollCall(Self));
                break;
            case LinkProtocol.Postponed postponed:
                _links.Observer.Tell(new LinkEvents.Postponed(postponed.Reason));
                break;
            case LinkProtocol.Refused refused:
                _links.Observer.Tell(new LinkEvents.Refused(refused.Differences));
                break;
            case LinkProtocol.RunEnded ended:
                Sender.Tell(new LinkProtocol.EndHeard(_register.Host));
                _links.Observer.Tell(new LinkEvents.RunEnded(ended.Succeeded, ended.Message));
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_downlink):
                _links.Observer.Tell(new LinkEvents.AggregatorLost(_downlink!.Path.Address));
                _downlink = null;
                Register();
                break;
            case Terminated:
                break;
            case Signal.Register:
                Register();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Register()
    {
        if (_downlink is null)
        {
            _links.Seat.Tell(_register, Self);
        }
        else
        {
            _downlink.Tell(_register, Self);
        }

        // Pulls that the transfer actor has forgotten, because it failed, come back as failed.
        foreach (var version in _pulls.Values.Where(_known.ContainsKey))
        {
            _links.Transfer.Tell(new TransferProtocol.Pull(_known[version], Owner: null, Keep: true));
        }

        Timers.StartSingleTimer(RegisterTimer, Signal.Register, _downlink is null ? RegisterInterval : RenewInterval);
    }

    private void Enter(IActorRef downlink)
    {
        if (downlink.Equals(_downlink))
        {
            return;
        }

        if (_downlink is not null)
        {
            Context.Unwatch(_downlink);
        }

        _downlink = Context.Watch(downlink);
        _links.Observer.Tell(new LinkEvents.JoinedRun(downlink.Path.Address));

        // What the new aggregator calls a version need not be what the old one did. Pulls of the same content go on.
        _known.Clear();
        foreach (var version in _waiting.Keys)
        {
            Ask(version);
        }
    }

    private void Fetch(long version)
    {
        if (!_waiting.TryGetValue(version, out var waiting))
        {
            _waiting.Add(version, waiting = []);
        }

        waiting.Add(Sender);
        if (_known.TryGetValue(version, out var reference))
        {
            if (_pulls.TryAdd(reference.Name, version))
            {
                // It is in the cache, or else the aggregator is asked for it once more.
                _links.Transfer.Tell(new TransferProtocol.Pull(reference, Owner: null, Keep: true));
            }

            return;
        }

        Ask(version);
    }

    private bool IsOfTheLeader(IActorRef sender) => _downlink is not null && sender.Path.Address.Equals(_downlink.Path.Address);

    private void Ask(long version) => _downlink?.Tell(new ClientProtocol.FetchVersion(version), Self);

    private void AskAgain(long version)
    {
        _known.Remove(version);
        if (_waiting.ContainsKey(version))
        {
            Ask(version);
        }
    }

    private void Learn(LinkProtocol.VersionReady ready)
    {
        _known[ready.Version] = ready.Parameters;
        if (_known.Count > MostKnown)
        {
            _known.Remove(_known.Keys.First());
        }
    }

    private void Pull(long version, IActorRef owner)
    {
        if (!_known.TryGetValue(version, out var reference))
        {
            return;
        }

        _pulls[reference.Name] = version;
        _links.Transfer.Tell(new TransferProtocol.Pull(reference, owner, Keep: true));
    }

    private void Answer(long version, object answer)
    {
        if (_waiting.Remove(version, out var waiting))
        {
            foreach (var client in waiting)
            {
                client.Tell(answer);
            }
        }
    }

    private void Send(ClientProtocol.Report report)
    {
        if (_downlink is null)
        {
            // The client repeats its report until somebody answers.
            return;
        }

        if ((long)report.Update.Length * sizeof(float) <= _largestWhole)
        {
            _downlink.Tell(report, _links.Transfer);
        }
        else
        {
            Offer(report, _downlink);
        }
    }

    private void Offer(ClientProtocol.Report report, IActorRef downlink)
    {
        var update = report.Update;
        var reference = new VectorReference(
            $"update-{report.AssignmentId}-{report.Client}-{update.Hash[..16]}", update.Hash, update.Length);
        if (_offered.TryGetValue(report.Client, out var earlier) && earlier != reference.Name)
        {
            // The client has gone on, so nobody will pull the earlier one any more.
            _links.Transfer.Tell(new TransferProtocol.Withdraw(earlier));
        }

        _offered[report.Client] = reference.Name;
        _links.Transfer.Tell(new TransferProtocol.Offer(reference.Name, update, Once: true));
        downlink.Tell(
            new LinkProtocol.ReportReady(
                report.AssignmentId, report.Client, report.BaseVersion, report.SampleCount, reference, report.Metrics),
            _links.Transfer);
    }
}
