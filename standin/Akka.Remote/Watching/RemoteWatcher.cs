using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Watches the actors of other systems for all actors of this one, and their nodes by heartbeats. When a node is given up it
/// is quarantined, and its actors count as dead.
/// </summary>
public partial class RemoteWatcher : UntypedActor, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    /// <summary>Who is watched by whom.</summary>
    protected readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> Watching = [];

    /// <summary>Who is watched on each node. Heartbeats are expected of these nodes.</summary>
    protected readonly Dictionary<Address, HashSet<IInternalActorRef>> WatcheeByNodes = [];

    protected readonly ILoggingAdapter Log = Context.GetLogger();

    private readonly Dictionary<Address, int> _addressUids = [];
    private readonly IFailureDetectorRegistry<Address> _failureDetector;
    private readonly TimeSpan _heartbeatExpectedResponseAfter;
    private readonly IRemoteActorRefProvider _provider;
    private readonly HeartbeatRsp _answer;
    private readonly ICancelable _heartbeats;
    private readonly ICancelable _reaper;

    public RemoteWatcher(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter)
    {
        var system = (ExtendedActorSystem)Context.System;
        _provider = system.Provider as IRemoteActorRefProvider ?? throw new ConfigurationException(
            $"ActorSystem {system} needs to have a 'RemoteActorRefProvider' enabled in the configuration, "
            + $"current uses {system.Provider.GetType().FullName}");
        _failureDetector = failureDetector;
        _heartbeatExpectedResponseAfter = heartbeatExpectedResponseAfter;
        _answer = new HeartbeatRsp(AddressUidExtension.Uid(system));
        _heartbeats = system.Scheduler.ScheduleTellRepeatedlyCancelable(
            heartbeatInterval, heartbeatInterval, Self, HeartbeatTick.Instance, Self);
        _reaper = system.Scheduler.ScheduleTellRepeatedlyCancelable(
            unreachableReaperInterval, unreachableReaperInterval, Self, ReapUnreachableTick.Instance, Self);
    }

    protected HashSet<Address> Unreachable { get; } = [];

    protected ICollection<Address> WatchingNodes => WatcheeByNodes.Keys;

    public static Props Props(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter) =>
        Actor.Props.Create(() => new RemoteWatcher(
                failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter))
            .WithDispatcher(Dispatchers.InternalDispatcherId)
            .WithDeploy(Deploy.Local);

    protected override void PostStop()
    {
        _heartbeats.Cancel();
        _reaper.Cancel();
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HeartbeatTick:
                SendHeartbeats();
                break;
            case Heartbeat:
                Sender.Tell(_answer);
                break;
            case HeartbeatRsp answer:
                ReceiveAnswer(Sender.Path.Address, answer.AddressUid);
                break;
            case ReapUnreachableTick:
                ReapUnreachable();
                break;
            case ExpectedFirstHeartbeat expected:
                StartExpecting(expected.From);
                break;
            case WatchRemote watch:
                AddWatching(watch.Watchee, watch.Watcher);
                break;
            case UnwatchRemote unwatch:
                RemoveWatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminated terminated:
                TellWatchers((IInternalActorRef)terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated);
                break;
            case Stats:
                Sender.Tell(CurrentStats());
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected virtual void PublishAddressTerminated(Address address) =>
        AddressTerminatedTopic.Get(Context.System).Publish(new AddressTerminated(address));

    protected virtual void Quarantine(Address address, int? addressUid) => _provider.Quarantine(address, addressUid);

    protected void AddWatching(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        RequireOther(watcher);
        Log.Debug("Watching: [{0} -> {1}]", watcher.Path, watchee.Path);
        if (Watching.TryGetValue(watchee, out var watchers))
        {
            watchers.Add(watcher);
        }
        else
        {
            Watching.Add(watchee, [watcher]);
        }

        WatchNode(watchee);

        // This is what sends a Watch to the other system.
        Context.Watch(watchee);
    }

    protected virtual void WatchNode(IInternalActorRef watchee)
    {
        var node = watchee.Path.Address;
        if (WatcheeByNodes.TryGetValue(node, out var watchees))
        {
            watchees.Add(watchee);
            return;
        }

        // A node that was given up before gets another chance.
        if (Unreachable.Remove(node))
        {
            _failureDetector.Remove(node);
        }

        WatcheeByNodes.Add(node, [watchee]);
    }

    protected void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        RequireOther(watcher);
        Log.Debug("Unwatching: [{0} -> {1}]", watcher.Path, watchee.Path);
        if (Watching.TryGetValue(watchee, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
        {
            Context.Unwatch(watchee);
            RemoveWatchee(watchee);
        }
    }

    protected void RemoveWatchee(IInternalActorRef watchee)
    {
        var node = watchee.Path.Address;
        Watching.Remove(watchee);
        if (WatcheeByNodes.TryGetValue(node, out var watchees) && watchees.Remove(watchee) && watchees.Count == 0)
        {
            Log.Debug("Unwatched last watchee of node: [{0}]", node);
            UnwatchNode(node);
        }
    }

    protected void UnwatchNode(Address watcheeAddress)
    {
        WatcheeByNodes.Remove(watcheeAddress);
        _addressUids.Remove(watcheeAddress);
        _failureDetector.Remove(watcheeAddress);
    }

    private void RequireOther(IInternalActorRef watcher)
    {
        if (watcher.Equals(Self))
        {
            throw new InvalidOperationException("Watcher cannot be the RemoteWatcher!");
        }
    }

    private void SendHeartbeats()
    {
        foreach (var node in WatchingNodes.Where(node => !Unreachable.Contains(node)))
        {
            if (!_failureDetector.IsMonitoring(node))
            {
                // A node that never answers must be given up as well.
                Context.System.Scheduler.ScheduleTellOnce(_heartbeatExpectedResponseAfter, Self, new ExpectedFirstHeartbeat(node), Self);
            }

            Context.ActorSelection(new RootActorPath(node) / Self.Path.Elements).Tell(Heartbeat.Instance);
        }
    }

    private void StartExpecting(Address node)
    {
        if (WatcheeByNodes.ContainsKey(node) && !_failureDetector.IsMonitoring(node))
        {
            _failureDetector.Heartbeat(node);
        }
    }

    private void ReceiveAnswer(Address node, int uid)
    {
        if (!WatcheeByNodes.ContainsKey(node) || Unreachable.Contains(node))
        {
            return;
        }

        if (!_addressUids.TryGetValue(node, out var known) || known != uid)
        {
            WatchAgain(node);
        }

        _addressUids[node] = uid;
        _failureDetector.Heartbeat(node);
    }

    /// <summary>A new incarnation knows nothing of the watches, and answers that those actors never existed there.</summary>
    private void WatchAgain(Address node)
    {
        foreach (var watchee in WatcheeByNodes[node])
        {
            watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
        }
    }

    private void ReapUnreachable()
    {
        foreach (var node in WatchingNodes.Where(node => !Unreachable.Contains(node) && !_failureDetector.IsAvailable(node)).ToArray())
        {
            Log.Warning("Detected unreachable: [{0}]", node);
            Quarantine(node, _addressUids.TryGetValue(node, out var uid) ? uid : null);
            PublishAddressTerminated(node);
            Unreachable.Add(node);
        }
    }

    private void TellWatchers(IInternalActorRef watchee, bool existenceConfirmed, bool addressTerminated)
    {
        // Of the end of a node, the watchers hear themselves.
        if (!addressTerminated && Watching.TryGetValue(watchee, out var watchers))
        {
            foreach (var watcher in watchers)
            {
                watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed, addressTerminated: false));
            }
        }

        RemoveWatchee(watchee);
    }

    private Stats CurrentStats()
    {
        var pairs = Watching.SelectMany(pair => pair.Value.Select(watcher => ((IActorRef)pair.Key, (IActorRef)watcher)));
        return new Stats(Watching.Values.Sum(watchers => watchers.Count), WatchingNodes.Count, [.. pairs], [.. WatchingNodes]);
    }
}
