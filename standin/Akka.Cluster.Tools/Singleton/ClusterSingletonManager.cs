#nullable enable
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Runs on every node of a role, and runs one child, the singleton, on the oldest of them. When that one goes, its manager
/// stops the singleton before the next oldest starts it; when it dies, the next one waits until it is removed, and then the
/// removal margin.
/// </summary>
public sealed partial class ClusterSingletonManager : ReceiveActor, IWithTimers
{
    private const string HandOverRetryTimer = "hand-over-retry";
    private const string TakeOverRetryTimer = "take-over-retry";
    private const string CleanupTimer = "cleanup";

    private static readonly TimeSpan RememberRemoved = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromMinutes(1);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource<Done> _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<UniqueAddress, TimeSpan> _removed = [];
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly TimeSpan _removalMargin;
    private readonly int _maxHandOverRetries;
    private readonly int _maxTakeOverRetries;

    private ClusterSingletonState _state = ClusterSingletonState.Start;
    private IActorRef? _oldestChanges;
    private bool _changeAsked;
    private bool _selfExited;

    // Older members, oldest first: who may run the singleton.
    private ImmutableList<UniqueAddress> _older = [];
    private IActorRef? _singleton;
    private UniqueAddress? _newOldest;
    private IActorRef? _handOverTo;

    /// <exception cref="ArgumentException">This node does not have the role.</exception>
    public ClusterSingletonManager(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        if (settings.Role is not null && !_cluster.SelfRoles.Contains(settings.Role))
        {
            throw new ArgumentException($"This cluster member [{_cluster.SelfAddress}] doesn't have the role [{settings.Role}]");
        }

        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _removalMargin = settings.RemovalMargin > TimeSpan.Zero ? settings.RemovalMargin : _cluster.DowningProvider.DownRemovalMargin;

        const string MinRetries = "akka.cluster.singleton.min-number-of-hand-over-retries";
        var minRetries = Context.System.Settings.Config.GetInt(MinRetries);
        if (minRetries < 1)
        {
            throw new ConfigurationException($"{MinRetries} must be >= 1");
        }

        _maxHandOverRetries = Math.Max(minRetries, (int)(_removalMargin / settings.HandOverRetryInterval) + 3);
        _maxTakeOverRetries = Math.Max(1, _maxHandOverRetries - 3);
        AddShutdownTasks();
        Start();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private UniqueAddress SelfNode => _cluster.SelfUniqueAddress;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    public static Config DefaultConfig() =>
        ConfigurationFactory.FromResource<ClusterSingletonManager>("Akka.Cluster.Tools.Singleton.reference.conf");

    /// <summary>A manager that stops its singleton by <see cref="PoisonPill"/>.</summary>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) =>
        Props(singletonProps, PoisonPill.Instance, settings);

    /// <summary>A manager that stops its singleton by a message. To be started with the same name on all nodes of the role.</summary>
    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonManager(singletonProps, terminationMessage, settings))
            .WithDispatcher(Dispatchers.InternalDispatcherId)
            .WithDeploy(Deploy.Local);

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
        {
            throw new InvalidOperationException("Cluster node must not be terminated");
        }

        _cluster.Subscribe(
            Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved), typeof(ClusterEvent.MemberDowned));
        Timers.StartPeriodicTimer(CleanupTimer, Cleanup.Instance, CleanupInterval);

        // Not before this node is up: many start at the same time, and there is no order of age yet.
        var self = Self;
        _cluster.RegisterOnMemberUp(() => self.Tell(StartOldestChanges.Instance, ActorRefs.NoSender));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _handedOver.TrySetResult(Done.Instance);
    }

    private void AddShutdownTasks()
    {
        var self = Self;
        var shutdown = CoordinatedShutdown.Get(Context.System);
        bool NothingToDo() => _handedOver.Task.IsCompleted || _cluster.IsTerminated || _cluster.SelfMember.Status == MemberStatus.Down;
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterExiting,
            "wait-singleton-exiting",
            () => NothingToDo() ? Task.FromResult(Done.Instance) : _handedOver.Task);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterExiting,
            "singleton-exiting-2",
            () => NothingToDo()
                ? Task.FromResult(Done.Instance)
                : self.Ask<Done>(SelfExiting.Instance, shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting)));
    }

    private void GoTo(ClusterSingletonState state, Action behaviour)
    {
        var from = _state;
        _state = state;
        _log.Info("ClusterSingletonManager state change [{0} -> {1}]", from, state);
        Become(behaviour);
        Timers.Cancel(HandOverRetryTimer);
        if (state == ClusterSingletonState.BecomingOldest)
        {
            Timers.StartSingleTimer(HandOverRetryTimer, new Retry(1), _settings.HandOverRetryInterval);
        }

        if (from == ClusterSingletonState.WasOldest)
        {
            Timers.Cancel(TakeOverRetryTimer);
        }

        if (state is ClusterSingletonState.Younger or ClusterSingletonState.Oldest)
        {
            AskForNextChange();
        }

        if (state is ClusterSingletonState.Younger or ClusterSingletonState.End && _removed.ContainsKey(SelfNode))
        {
            StopManager("Self removed");
        }
    }

    private void AskForNextChange()
    {
        if (!_changeAsked)
        {
            _changeAsked = true;
            _oldestChanges.Tell(OldestChangedBuffer.GetNext.Instance);
        }
    }

    private void BecomeOldest()
    {
        _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        _log.Info("Singleton manager started singleton actor [{0}]", _singleton.Path);
        GoTo(ClusterSingletonState.Oldest, Oldest);
    }

    private void StopSingletonFor(IActorRef? handOverTo)
    {
        _handOverTo = handOverTo;
        if (_singleton is null)
        {
            CompleteHandOver();
            return;
        }

        handOverTo?.Tell(HandOverInProgress.Instance);
        _log.Info("Singleton manager stopping singleton actor [{0}]", _singleton.Path);
        _singleton.Tell(_terminationMessage);
        GoTo(ClusterSingletonState.HandingOver, HandingOver);
    }

    private void CompleteHandOver()
    {
        _singleton = null;
        _log.Info("Singleton terminated, hand-over done [{0} -> {1}]", _cluster.SelfAddress, _handOverTo?.Path.Address);
        _handOverTo?.Tell(HandOverDone.Instance);
        _handedOver.TrySetResult(Done.Instance);
        if (_removed.ContainsKey(SelfNode))
        {
            StopManager("Self removed");
        }
        else if (_handOverTo is null)
        {
            _older = [];
            GoTo(ClusterSingletonState.Younger, Younger);
        }
        else
        {
            GoTo(ClusterSingletonState.End, End);
        }
    }

    private void StopSingletonAndManager(string reason)
    {
        if (_singleton is null)
        {
            StopManager(reason);
            return;
        }

        _log.Info("{0}, stopping singleton actor [{1}]", reason, _singleton.Path);
        _singleton.Tell(_terminationMessage);
        GoTo(ClusterSingletonState.Stopping, Stopping);
    }

    private void StopManager(string reason)
    {
        _log.Info("{0}, stopping ClusterSingletonManager", reason);
        Context.Stop(Self);
    }

    private ActorSelection Peer(Address node) => Context.ActorSelection(Self.Path.ToStringWithAddress(node));

    private void Remember(UniqueAddress removed) => _removed[removed] = Now + RememberRemoved;

    private bool AllRemoved(IEnumerable<UniqueAddress> nodes) => nodes.All(_removed.ContainsKey);

    private sealed class StartOldestChanges : INoSerializationVerificationNeeded
    {
        public static readonly StartOldestChanges Instance = new();
    }

    private sealed class Cleanup : INoSerializationVerificationNeeded
    {
        public static readonly Cleanup Instance = new();
    }

    private sealed record Retry(int Count) : INoSerializationVerificationNeeded;

    private sealed record DelayedMemberRemoved(UniqueAddress Node) : INoSerializationVerificationNeeded;
}
