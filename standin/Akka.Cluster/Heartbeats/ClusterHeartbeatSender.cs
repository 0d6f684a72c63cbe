using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Sends heartbeats to the members that this node watches, and tells the failure detector of the answers.</summary>
internal sealed class ClusterHeartbeatSender : ReceiveActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private HeartbeatReceivers _receivers;
    private TimeSpan _lastTick;
    private long _sequence;

    public ClusterHeartbeatSender(Cluster cluster)
    {
        _cluster = cluster;
        Receive<ClusterEvent.CurrentClusterState>(Begin);
        Receive<Tick>(_ => _lastTick = Now);
    }

    public ITimerScheduler Timers { get; set; }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private ClusterSettings Settings => _cluster.Settings;

    protected override void PreStart()
    {
        var first = Settings.PeriodicTasksInitialDelay > Settings.HeartbeatInterval ? Settings.PeriodicTasksInitialDelay : Settings.HeartbeatInterval;
        Timers.StartPeriodicTimer("heartbeat", Tick.Instance, first, Settings.HeartbeatInterval);
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
    }

    protected override void PostStop()
    {
        foreach (var receiver in _receivers?.Active ?? [])
        {
            _cluster.FailureDetector.Remove(receiver.Address);
        }

        _cluster.Unsubscribe(Self);
    }

    private void Begin(ClusterEvent.CurrentClusterState state)
    {
        var ring = new HeartbeatNodeRing(
            _cluster.SelfUniqueAddress,
            state.Members.Select(m => m.UniqueAddress),
            state.Unreachable.Select(m => m.UniqueAddress),
            Settings.MonitoredByNrOfMembers);
        _receivers = new HeartbeatReceivers(ring, _cluster.FailureDetector);
        _lastTick = Now;
        Become(Active);
    }

    private void Active()
    {
        Receive<Tick>(_ => SendHeartbeats());
        Receive<HeartbeatRsp>(answer => _receivers.Answered(answer.From));
        Receive<ExpectedFirstHeartbeat>(expected => StartExpecting(expected.From));
        Receive<ClusterEvent.MemberRemoved>(removed => Remove(removed.Member.UniqueAddress));
        Receive<ClusterEvent.IMemberEvent>(change => _receivers.Add(change.Member.UniqueAddress));
        Receive<ClusterEvent.UnreachableMember>(unreachable => _receivers.Unreachable(unreachable.Member.UniqueAddress));
        Receive<ClusterEvent.ReachableMember>(reachable => _receivers.Reachable(reachable.Member.UniqueAddress));
    }

    private void Remove(UniqueAddress node)
    {
        if (node == _cluster.SelfUniqueAddress)
        {
            // This node is about to stop, and must not find others unreachable on the way.
            Context.Stop(Self);
        }
        else
        {
            _receivers.Remove(node);
        }
    }

    private void SendHeartbeats()
    {
        var now = Now;
        foreach (var receiver in _receivers.Active)
        {
            if (!_cluster.FailureDetector.IsMonitoring(receiver.Address))
            {
                // A member that never answers must be noticed as well.
                Context.System.Scheduler.ScheduleTellOnce(
                    Settings.HeartbeatExpectedResponseAfter, Self, new ExpectedFirstHeartbeat(receiver), Self);
            }

            if (Settings.VerboseHeartbeatLogging)
            {
                _log.Debug("Cluster Node [{0}] - Heartbeat to [{1}]", _cluster.SelfAddress, receiver.Address);
            }

            Context.ActorSelection(new RootActorPath(receiver.Address) / "system" / "cluster" / "heartbeatReceiver")
                .Tell(new Heartbeat(_cluster.SelfAddress, ++_sequence, (long)now.TotalNanoseconds));
        }

        if (now - _lastTick >= 2 * Settings.HeartbeatInterval)
        {
            _log.Warning(
                "Cluster Node [{0}] - Scheduled sending of heartbeat was delayed. Previous heartbeat was sent [{1}] ms ago, expected interval "
                + "is [{2}] ms. This may cause failure detection to mark members as unreachable.",
                _cluster.SelfAddress,
                (long)(now - _lastTick).TotalMilliseconds,
                (long)Settings.HeartbeatInterval.TotalMilliseconds);
        }

        _lastTick = now;
    }

    private void StartExpecting(UniqueAddress node)
    {
        if (_receivers.Active.Contains(node) && !_cluster.FailureDetector.IsMonitoring(node.Address))
        {
            _cluster.FailureDetector.Heartbeat(node.Address);
        }
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record ExpectedFirstHeartbeat(UniqueAddress From) : INoSerializationVerificationNeeded;
}
