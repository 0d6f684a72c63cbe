using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Leaves members to the failure detector of the cluster, so that their actors count as dead when they are removed, and
/// watches only other nodes itself.
/// </summary>
internal sealed class ClusterRemoteWatcher : RemoteWatcher
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly HashSet<Address> _members = [];

    public ClusterRemoteWatcher(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter)
        : base(failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter)
    {
    }

    public static new Props Props(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter) =>
        Actor.Props.Create(() => new ClusterRemoteWatcher(
                failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter))
            .WithDispatcher(Dispatchers.InternalDispatcherId)
            .WithDeploy(Deploy.Local);

    protected override void PreStart()
    {
        base.PreStart();
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop()
    {
        base.PostStop();
        _cluster.Unsubscribe(Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                foreach (var member in state.Members)
                {
                    TakeOver(member.Address);
                }

                break;
            case ClusterEvent.MemberUp or ClusterEvent.MemberWeaklyUp:
                TakeOver(((ClusterEvent.IMemberEvent)message).Member.Address);
                break;
            case ClusterEvent.MemberRemoved removed:
                Removed(removed.Member.UniqueAddress, removed.PreviousStatus);
                break;
            case ClusterEvent.IMemberEvent:
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    protected override void WatchNode(IInternalActorRef watchee)
    {
        if (!_members.Contains(watchee.Path.Address))
        {
            base.WatchNode(watchee);
        }
    }

    private void TakeOver(Address node)
    {
        if (node == _cluster.SelfAddress)
        {
            return;
        }

        _members.Add(node);
        Unreachable.Remove(node);
        if (WatchingNodes.Contains(node))
        {
            Log.Debug("Cluster is taking over responsibility of node: [{0}]", node);
            UnwatchNode(node);
        }
    }

    private void Removed(UniqueAddress node, MemberStatus previousStatus)
    {
        if (node.Address == _cluster.SelfAddress)
        {
            return;
        }

        _members.Remove(node.Address);
        if (previousStatus == MemberStatus.Down)
        {
            // It may still run, on the other side of a partition, and must not be heard of again.
            Quarantine(node.Address, node.Uid);
        }

        PublishAddressTerminated(node.Address);
    }
}
