using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Leaves the cluster when the system shuts down, and answers as soon as the cluster has taken note.</summary>
internal sealed class CoordinatedShutdownLeave : ReceiveActor
{
    private readonly Cluster _cluster;
    private IActorRef _replyTo;

    public CoordinatedShutdownLeave(Cluster cluster)
    {
        _cluster = cluster;
        Receive<LeaveRequest>(_ =>
        {
            _replyTo = Sender;
            _cluster.Leave(_cluster.SelfAddress);

            // It may be given up instead.
            _cluster.Subscribe(
                Self, typeof(ClusterEvent.MemberLeft), typeof(ClusterEvent.MemberRemoved), typeof(ClusterEvent.MemberDowned));
        });
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            var self = state.Members.FirstOrDefault(IsSelf);
            if (state.Members.IsEmpty || self is { Status: MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down })
            {
                Complete();
            }
        });
        Receive<ClusterEvent.IMemberEvent>(change => IsSelf(change.Member), _ => Complete());
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private bool IsSelf(Member member) => member.UniqueAddress == _cluster.SelfUniqueAddress;

    private void Complete()
    {
        _replyTo.Tell(Done.Instance);
        Context.Stop(Self);
    }

    internal sealed class LeaveRequest : INoSerializationVerificationNeeded
    {
        public static readonly LeaveRequest Instance = new();
    }
}
