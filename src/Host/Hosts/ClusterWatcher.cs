using Akka.Actor;
using Akka.Cluster;

namespace FedActors.Host.Hosts;

/// <summary>Says whom this host sees in the cluster, and while it is not let in, where it looks for the cluster.</summary>
internal sealed class ClusterWatcher : UntypedActor, IWithTimers
{
    private const string SearchTimer = "search";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Repetition = TimeSpan.FromMinutes(1);

    private readonly NodeNarration _narration;
    private readonly string _ready;
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public ClusterWatcher(NodeNarration narration, string ready)
    {
        _narration = narration;
        _ready = ready;
    }

    private enum Signal
    {
        StillOut,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A watcher.</summary>
    /// <param name="narration">Where it says what it sees.</param>
    /// <param name="ready">What it says once this host is a member.</param>
    public static Props Props(NodeNarration narration, string ready) =>
        Akka.Actor.Props.Create(() => new ClusterWatcher(narration, ready));

    /// <summary>What a host says that no seed has let in.</summary>
    /// <param name="seeds">The seeds of its file.</param>
    /// <param name="self">Its own address, which may be among them.</param>
    public static string Search(IEnumerable<Address> seeds, Address self) =>
        seeds.Where(seed => !seed.Equals(self)).Select(NodeNarration.Show).ToList() is { Count: > 0 } others
            ? $"Still looking for the cluster: none of {string.Join(", ", others)} has let this host in."
            : "Still looking for the cluster: no other host is named in akka.cluster.seed-nodes.";

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(SearchTimer, Signal.StillOut, Patience, Repetition);
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
            case Signal.StillOut:
                _narration.Say(Search(_cluster.Settings.SeedNodes, _cluster.SelfAddress));
                break;
            case ClusterEvent.MemberJoined joined when joined.Member.Address.Equals(_cluster.SelfAddress):
                Timers.Cancel(SearchTimer);
                break;
            case ClusterEvent.MemberUp up when up.Member.Address.Equals(_cluster.SelfAddress):
                Timers.Cancel(SearchTimer);
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
