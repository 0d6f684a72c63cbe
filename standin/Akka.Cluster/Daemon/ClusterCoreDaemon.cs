using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Holds what this node knows of the cluster, changes it, and exchanges it with the daemons of other nodes. Everything else
/// learns of it from the publisher.
/// </summary>
internal sealed partial class ClusterCoreDaemon : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly IActorRef _publisher;
    private readonly UniqueAddress _self;
    private readonly VectorClock.Node _clockNode;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CoordinatedShutdown _shutdown = CoordinatedShutdown.Get(Context.System);
    private readonly TaskCompletionSource<Done> _selfExiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ICancelable> _ticks = [];

    // Also read by the tasks of the coordinated shutdown.
    private volatile MembershipState _state;
    private ImmutableHashSet<UniqueAddress> _exitingConfirmed = [];
    private bool _exitingInProgress;

    public ClusterCoreDaemon(Cluster cluster, IActorRef publisher)
    {
        _cluster = cluster;
        _publisher = publisher;
        _self = cluster.SelfUniqueAddress;
        _clockNode = VectorClock.Node.Of(_self);
        _random = new Random(_self.Uid);
        _state = new MembershipState(Gossip.Empty, _self);
        _seedNodes = Settings.SeedNodes;
        AddShutdownTasks();
        Uninitialized();
    }

    private ClusterSettings Settings => _cluster.Settings;

    private Gossip LatestGossip => _state.LatestGossip;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        _cluster.Started(Self);
        Tick(Settings.GossipInterval, ClusterTick.Gossip);
        Tick(Settings.UnreachableNodesReaperInterval, ClusterTick.ReapUnreachable);
        Tick(Settings.LeaderActionsInterval, ClusterTick.LeaderActions);
        Context.System.EventStream.Subscribe(Self, typeof(QuarantinedEvent));
        if (_cluster.DowningProvider.DowningActorProps is { } downing)
        {
            Context.ActorOf(downing.WithDispatcher(Settings.UseDispatcher), "downingProvider");
        }

        if (_seedNodes.IsEmpty)
        {
            _cluster.LogInfo("No seed-nodes configured, manual cluster join required");
        }
        else
        {
            Self.Tell(new JoinProtocol.JoinSeedNodes(_seedNodes));
        }
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _ticks.ForEach(tick => tick.Cancel());
        _selfExiting.TrySetResult(Done.Instance);
    }

    private static ActorSelection CoreOf(Address address) =>
        Context.ActorSelection(new RootActorPath(address) / "system" / "cluster" / "core" / "daemon");

    private void Tick(TimeSpan interval, ClusterTick tick)
    {
        var first = Settings.PeriodicTasksInitialDelay > interval ? Settings.PeriodicTasksInitialDelay : interval;
        _ticks.Add(Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(first, interval, Self, tick, Self));
    }

    private void Uninitialized()
    {
        Receive<ClusterUserAction.JoinTo>(join => Join(join.Address));
        Receive<JoinProtocol.JoinSeedNodes>(BeginJoiningSeedNodes);
        Receive<ClusterTick>(_ => GiveUpOnSeedNodesIfTooLate());
        NotAMember();
    }

    private void TryingToJoin(Address joinWith, TimeSpan? deadline)
    {
        Receive<JoinProtocol.Welcome>(welcome => Welcomed(joinWith, welcome));
        Receive<ClusterUserAction.JoinTo>(join =>
        {
            BecomeUninitialized();
            Join(join.Address);
        });
        Receive<JoinProtocol.JoinSeedNodes>(join =>
        {
            BecomeUninitialized();
            BeginJoiningSeedNodes(join);
        });
        Receive<ClusterTick>(_ =>
        {
            if (!GiveUpOnSeedNodesIfTooLate() && Now >= deadline)
            {
                RetryJoining(joinWith);
            }
        });
        NotAMember();
    }

    private void NotAMember()
    {
        Receive<JoinProtocol.InitJoin>(_ =>
        {
            _cluster.LogInfo("Received InitJoin message from [{0}], but this node is not initialized yet", Sender);
            Sender.Tell(new JoinProtocol.InitJoinNack(_self.Address));
        });
        Always();
    }

    private void Initialized()
    {
        Receive<GossipEnvelope>(ReceiveGossip);
        Receive<GossipStatus>(ReceiveGossipStatus);
        Receive<ClusterTick>(DoPeriodicWork);
        Receive<JoinProtocol.InitJoin>(_ => AnswerInitJoin());
        Receive<JoinProtocol.Join>(LetIn);
        Receive<ClusterUserAction.Leave>(leave => Leave(leave.Address));
        Receive<ClusterUserAction.Down>(down => Down(down.Address));
        Receive<QuarantinedEvent>(quarantined => Quarantined(new UniqueAddress(quarantined.Address, quarantined.Uid)));
        Receive<ExitingConfirmed>(confirmed => _exitingConfirmed = _exitingConfirmed.Add(confirmed.Address));
        Receive<ClusterUserAction.JoinTo>(join =>
            _cluster.LogInfo("Trying to join [{0}] when already part of a cluster, ignoring", join.Address));
        Receive<JoinProtocol.JoinSeedNodes>(join =>
            _cluster.LogInfo("Trying to join seed nodes [{0}] when already part of a cluster, ignoring", string.Join(", ", join.SeedNodes)));
        Always();
    }

    private void Always()
    {
        Receive<ISubscriptionMessage>(_publisher.Forward);
        Receive<ExitingCompleted>(_ =>
        {
            CompleteExiting();
            Sender.Tell(Done.Instance);
        });

        // Late news for a node that is not, or not any more, a member.
        Receive<GossipEnvelope>(_ => { });
        Receive<GossipStatus>(_ => { });
        Receive<ExitingConfirmed>(_ => { });
        Receive<QuarantinedEvent>(_ => { });
    }

    private void DoPeriodicWork(ClusterTick tick)
    {
        if (tick == ClusterTick.Gossip)
        {
            GossipPeriodically();
        }
        else if (tick == ClusterTick.GossipSpeedup && IsGossipSpeedupNeeded)
        {
            SendGossip();
        }
        else if (tick == ClusterTick.ReapUnreachable)
        {
            ReapUnreachableMembers();
        }
        else if (tick == ClusterTick.LeaderActions)
        {
            LeaderActions();
        }
    }

    /// <summary>Makes a change of this node's own the newest state, which nobody else has seen.</summary>
    private void Update(Gossip gossip)
    {
        // While exiting, this node must not seem to have seen anything: that would complete its removal too early.
        var versioned = gossip.Increment(_clockNode);
        _state = _state.With(_exitingInProgress ? versioned.ClearSeen() : versioned.OnlySeen(_self));
    }

    private void Publish() => _publisher.Tell(new PublishChanges(_state));
}
