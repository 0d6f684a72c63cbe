using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Hosting;

/// <summary>
/// Stands for a client on another host: the aggregator talks to it as it would to the client itself. It pulls updates
/// before it reports them, and it knows the difference between a client that ended and a host that is lost.
/// </summary>
public sealed class RemoteClientActor : UntypedActor, IWithTimers
{
    private const string EndTimer = "end";

    /// <summary>How long the news that a host is lost may come after the end of its clients: on a host that leaves they end first.</summary>
    private static readonly TimeSpan HostLossTime = TimeSpan.FromSeconds(10);

    private readonly int _client;
    private readonly HostLossPolicy _onLoss;
    private readonly IActorRef _transfer;

    private IActorRef _remote = ActorRefs.Nobody;
    private IActorRef _aggregator = ActorRefs.Nobody;
    private LinkProtocol.ReportReady? _ready;
    private IActorRef _owner = ActorRefs.Nobody;
    private ClientProtocol.Report? _report;
    private bool _hasRoom;

    /// <summary>Use <see cref="Props"/>.</summary>
    public RemoteClientActor(int client, HostLossPolicy onLoss, IActorRef transfer)
    {
        _client = client;
        _onLoss = onLoss;
        _transfer = transfer;
    }

    private enum Signal
    {
        ClientEnded,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Stands for a client on another host.</summary>
    public static Props Props(int client, HostLossPolicy onLoss, IActorRef transfer) =>
        Akka.Actor.Props.Create(() => new RemoteClientActor(client, onLoss, transfer)).WithDispatcher(ActorsConfiguration.AggregatorDispatcher);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Context.Parent.Tell(RemoteClientProtocol.ReturnRoom.Instance);
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RemoteClientProtocol.Joins joins:
                Enter(joins);
                break;
            case RemoteClientProtocol.Ready ready:
                Consider(ready);
                break;
            case ClientProtocol.Report report:
                HandOn(report);
                break;
            case RemoteClientProtocol.RoomGiven:
                _hasRoom = true;
                Pull();
                break;
            case TransferProtocol.Pulled pulled when pulled.Reference == _ready?.Update:
                Report(_ready, pulled);
                break;
            case TransferProtocol.PullFailed failed when failed.Reference == _ready?.Update && _report is null:
                // The client reports again if it is still there.
                Forget();
                break;
            case ClientProtocol.Accepted accepted:
                Conclude(accepted.AssignmentId, accepted);
                break;
            case ClientProtocol.Rejected rejected:
                Conclude(rejected.AssignmentId, rejected);
                break;
            case ClientProtocol.AssignmentLost lost:
                _aggregator.Tell(lost);
                break;
            case ClientProtocol.Assign or ClientProtocol.Welcome or ClientProtocol.Refused:
                _remote.Tell(message);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_remote):
                Lose(terminated);
                break;
            case RemoteClientProtocol.HostLost when _onLoss == HostLossPolicy.Await:
                AwaitReturn();
                break;
            case Signal.ClientEnded:
                Context.Stop(Self);
                break;
            case Terminated or TransferProtocol.Pulled or TransferProtocol.PullFailed or RemoteClientProtocol.HostLost:
                // About an earlier incarnation, or an update that is answered.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Enter(RemoteClientProtocol.Joins joins)
    {
        _aggregator = joins.Aggregator;
        if (!joins.Client.Equals(_remote))
        {
            AwaitReturn();
            _remote = Context.Watch(joins.Client);
        }

        _aggregator.Tell(joins.Join);
    }

    private void Consider(RemoteClientProtocol.Ready ready)
    {
        if (_ready == ready.Report)
        {
            // A repetition: the aggregator or the transfer actor may have failed in between.
            _owner = ready.Owner;
            if (_report is not null)
            {
                // The update is here, so that the client's host need not keep it on offer again.
                ready.Owner.Tell(new TransferProtocol.Delivered(ready.Report.Update.Name), _transfer);
                _aggregator.Tell(_report);
            }
            else if (_hasRoom)
            {
                Pull();
            }

            return;
        }

        // A client works on one assignment at a time, so it has given up the earlier one.
        _ready = ready.Report;
        _owner = ready.Owner;
        _report = null;
        if (_hasRoom)
        {
            Pull();
        }
        else
        {
            Context.Parent.Tell(new RemoteClientProtocol.AskRoom(_ready.Update.Size));
        }
    }

    /// <summary>A report that came with its update.</summary>
    private void HandOn(ClientProtocol.Report report)
    {
        if (_ready is not null)
        {
            Forget();
        }

        _aggregator.Tell(report);
    }

    private void Pull()
    {
        if (_ready is { } ready && _report is null)
        {
            _transfer.Tell(new TransferProtocol.Pull(ready.Update, _owner, Keep: false));
        }
    }

    private void Report(LinkProtocol.ReportReady ready, TransferProtocol.Pulled pulled)
    {
        if (_report is null)
        {
            _report = new ClientProtocol.Report(
                ready.AssignmentId, _client, ready.BaseVersion, ready.SampleCount, pulled.Vector, ready.Metrics);
            _aggregator.Tell(_report);
        }
    }

    private void Conclude(long assignment, object answer)
    {
        _remote.Tell(answer);
        if (_ready?.AssignmentId == assignment)
        {
            Forget();
        }
    }

    private void Forget()
    {
        _ready = null;
        _report = null;
        _hasRoom = false;
        Context.Parent.Tell(RemoteClientProtocol.ReturnRoom.Instance);
    }

    private void Lose(Terminated terminated)
    {
        if (_onLoss == HostLossPolicy.Reassign)
        {
            Context.Stop(Self);
        }
        else if (terminated.AddressTerminated)
        {
            AwaitReturn();
        }
        else
        {
            Timers.StartSingleTimer(EndTimer, Signal.ClientEnded, HostLossTime);
        }
    }

    private void AwaitReturn()
    {
        Timers.Cancel(EndTimer);
        Context.Unwatch(_remote);
        _remote = ActorRefs.Nobody;
    }
}
