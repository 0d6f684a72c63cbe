using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.SBR;

/// <summary>
/// Follows the cluster and, when members have been unreachable and nothing else has changed for some time, gives up whom the
/// strategy says. Only the leader of each side acts.
/// </summary>
internal sealed class SplitBrainResolver : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly DowningStrategy _strategy;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private PartitionView _view = PartitionView.Empty;
    private bool _isLeader;
    private bool _isMember;
    private TimeSpan _stableSince;

    // When the changes of who can be reached began that have not come to an end; null while there are none.
    private TimeSpan? _unstableSince;

    public SplitBrainResolver(Cluster cluster, SplitBrainResolverSettings settings, DowningStrategy strategy)
    {
        _cluster = cluster;
        _settings = settings;
        _strategy = strategy;
        _stableSince = Now;

        Receive<Tick>(_ => Decide());
        Receive<SeenChanged>(seen => _view = _view with { SeenBy = seen.SeenBy });
        Receive<ReachabilityChanged>(changed => _view = _view with
        {
            Reachability = changed.Reachability.FilterRecords(record => record.Status != ReachabilityStatus.Reachable),
        });
        Receive<LeaderChanged>(changed => _isLeader = changed.Leader == _cluster.SelfAddress);
        Receive<UnreachableMember>(unreachable => ChangeReachability(unreachable.Member, _view.WithUnreachable(unreachable.Member)));
        Receive<ReachableMember>(reachable => ChangeReachability(reachable.Member, _view.WithReachable(reachable.Member)));
        Receive<MemberDowned>(downed => ChangeReachability(downed.Member, _view.WithUnreachable(downed.Member)));
        Receive<MemberRemoved>(removed => Remove(removed.Member));
        Receive<IMemberEvent>(change => Change(change.Member));
        Receive<IClusterDomainEvent>(_ => { });
    }

    public ITimerScheduler Timers { get; set; }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private UniqueAddress Node => _cluster.SelfUniqueAddress;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", Tick.Instance, TickInterval);
        _cluster.Subscribe(Self, SubscriptionInitialStateMode.InitialStateAsEvents, typeof(IClusterDomainEvent));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Change(Member member)
    {
        _view = _view.With(member);
        if (member.UniqueAddress == Node && member.Status is MemberStatus.Up or MemberStatus.WeaklyUp)
        {
            _isMember = true;
        }

        // Who joins or leaves does not change the sides until it is done.
        if (member.Status is MemberStatus.Up or MemberStatus.Exiting)
        {
            _stableSince = Now;
        }
    }

    private void ChangeReachability(Member member, PartitionView view)
    {
        if (member.UniqueAddress == Node)
        {
            return;
        }

        if (_view.Unreachable.IsEmpty && _isLeader)
        {
            _log.Info("SBR found unreachable members, waiting for stable-after = {0} before taking downing decision.", _settings.DowningStableAfter);
        }

        _view = view;
        _stableSince = Now;
        _unstableSince ??= Now;
        EndInstabilityIfOver();
    }

    private void Remove(Member member)
    {
        if (member.UniqueAddress == Node)
        {
            Context.Stop(Self);
            return;
        }

        _view = _view.Without(member);
        EndInstabilityIfOver();
    }

    private void EndInstabilityIfOver()
    {
        if (_view.AllUnreachableGivenUp)
        {
            _unstableSince = null;
        }
    }

    private void Decide()
    {
        // Every node by itself: who knows whether there is a leader when nothing holds still.
        if (_settings.DownAllWhenUnstable > TimeSpan.Zero && Now - _unstableSince > _settings.DowningStableAfter + _settings.DownAllWhenUnstable)
        {
            _log.Warning("SBR detected instability for [{0}] and will down all nodes", Now - _unstableSince);
            Act(DowningDecision.DownAll);
        }
        else if (_isLeader && _isMember && !_view.Unreachable.IsEmpty && Now - _stableSince >= _settings.DowningStableAfter)
        {
            Act(_strategy.Decide(_view));
        }
    }

    private void Act(DowningDecision decision)
    {
        var nodes = _strategy.NodesToDown(_view, decision);
        if (nodes.IsEmpty)
        {
            return;
        }

        _log.Warning(
            "SBR took decision {0} and is downing [{1}], unreachable are [{2}] of the members [{3}], full reachability status: [{4}]",
            decision,
            string.Join(", ", nodes.Select(node => node.Address)),
            string.Join(", ", _view.Unreachable.Select(node => node.Address)),
            string.Join(", ", _view.AllMembers.Values),
            _view.Reachability);

        // This node last: it may stop at once.
        foreach (var node in nodes.OrderBy(node => node == Node))
        {
            _cluster.Down(node.Address);
        }

        _unstableSince = null;
        _stableSince = Now;
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
