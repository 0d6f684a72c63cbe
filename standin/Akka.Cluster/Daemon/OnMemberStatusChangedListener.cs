using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Runs something once this node is up, or once it is removed.</summary>
internal sealed class OnMemberStatusChangedListener : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly Action _callback;
    private readonly MemberStatus _status;
    private bool _done;

    public OnMemberStatusChangedListener(Cluster cluster, Action callback, MemberStatus status)
    {
        _cluster = cluster;
        _callback = callback;
        _status = status;
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            if (state.Members.Any(IsIt))
            {
                Complete();
            }
        });
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            if (IsIt(change.Member))
            {
                Complete();
            }
        });
    }

    protected override void PreStart() =>
        _cluster.Subscribe(Self, _status == MemberStatus.Up ? typeof(ClusterEvent.MemberUp) : typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        if (_status == MemberStatus.Removed)
        {
            // The system ends, and the event with it.
            Complete();
        }
    }

    private bool IsIt(Member member) => member.UniqueAddress == _cluster.SelfUniqueAddress && member.Status == _status;

    private void Complete()
    {
        if (_done)
        {
            return;
        }

        _done = true;
        try
        {
            _callback();
        }
        catch (Exception e)
        {
            Context.GetLogger().Error(e, "[{0}] callback failed with [{1}]", _status, e.Message);
        }

        Context.Stop(Self);
    }
}
