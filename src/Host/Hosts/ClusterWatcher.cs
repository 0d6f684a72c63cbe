using Akka.Actor;
using Akka.Cluster;

namespace FedActors.Host.Hosts;

/// <summary>Says whom this host sees in the cluster.</summary>
internal sealed class ClusterWatcher : UntypedActor
{
    private readonly NodeNarration _narration;
    private readonly string _ready;
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public ClusterWatcher(NodeNarration narration, string ready)
    {
        _narration = narration;
        _ready = ready;
    }

    /// <summary>A watcher.</summary>
    /// <param name="narration">Where it says what it sees.</param>
    /// <param name="ready">What it says once this host is a member.</param>
    public static Props Props(NodeNarration narration, string ready) =>
        Akka.Actor.Props.Create(() => new ClusterWatcher(narration, ready));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent));
        base.PreStart();
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up when up.Member.Address.Equals(_cluster.SelfAddress):
                _narration.Say(_ready);
                break;
            case ClusterEvent.MemberUp up:
                Say(up.Member, "up");
                break;
            case ClusterEvent.MemberRemoved removed when !removed.Member.Address.Equals(_cluster.SelfAddress):
                Say(removed.Member, removed.PreviousStatus == MemberStatus.Down ? "removed" : "gone");
                break;
            case ClusterEvent.UnreachableMember unreachable:
                Say(unreachable.Member, "unreachable");
                break;
            case ClusterEvent.ReachableMember reachable:
                Say(reachable.Member, "reachable again");
                break;
        }
    }

    private void Say(Member member, string what) =>
        _narration.Say($"{string.Join(" and ", member.Roles.Order(StringComparer.Ordinal))} {NodeNarration.Show(member.Address)} is {what}.");
}
