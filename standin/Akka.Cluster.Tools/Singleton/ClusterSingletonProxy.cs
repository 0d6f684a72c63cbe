using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Forwards every message to the singleton, wherever it is, and keeps messages while nobody knows.</summary>
public sealed class ClusterSingletonProxy : ReceiveActor, IWithTimers
{
    private const string IdentifyTimer = "identify";

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterSingletonProxySettings _settings;
    private readonly string[] _singletonPath;
    private readonly Queue<(object Message, IActorRef Sender)> _buffer = [];
    private ImmutableSortedSet<Member> _byAge = ImmutableSortedSet.Create(Member.AgeOrdering);
    private IActorRef _singleton;
    private int _search;

    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        _settings = settings;
        _singletonPath = $"{singletonManagerPath}/{settings.SingletonName}".Split('/');
        Receive<ClusterEvent.CurrentClusterState>(state => Change(() =>
            _byAge = _byAge.Clear().Union(state.Members.Where(m => m.Status == MemberStatus.Up && HasRole(m)))));
        Receive<ClusterEvent.MemberUp>(up => Change(() => Add(up.Member)));
        Receive<ClusterEvent.MemberExited>(exited => Change(() => Remove(exited.Member)));
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (removed.Member.UniqueAddress == _cluster.SelfUniqueAddress)
            {
                Context.Stop(Self);
            }
            else
            {
                Change(() => Remove(removed.Member));
            }
        });
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        Receive<TryToIdentify>(_ => TryToIdentifySingleton());
        Receive<ActorIdentity>(identity => Equals(identity.MessageId, SearchId), Identified);
        Receive<ActorIdentity>(_ => { });
        Receive<Terminated>(terminated =>
        {
            if (terminated.ActorRef.Equals(_singleton))
            {
                Search();
            }
        });
        ReceiveAny(Deliver);
    }

    public ITimerScheduler Timers { get; set; }

    private string SearchId => $"identify-singleton-{string.Join('/', _singletonPath)}{_search}";

    public static Config DefaultConfig() => ClusterSingletonManager.DefaultConfig();

    /// <summary>A proxy for the singleton of the manager with the given path, the same on all nodes.</summary>
    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings))
            .WithDispatcher(Dispatchers.InternalDispatcherId)
            .WithDeploy(Deploy.Local);

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Change(Action change)
    {
        var before = _byAge.FirstOrDefault();
        change();
        if (!Equals(before, _byAge.FirstOrDefault()))
        {
            Search();
        }
    }

    private void Add(Member member)
    {
        if (HasRole(member))
        {
            Remove(member);
            _byAge = _byAge.Add(member);
        }
    }

    private void Remove(Member member) => _byAge = _byAge.Except(_byAge.Where(m => m.Equals(member)));

    private bool HasRole(Member member) => _settings.Role is null || member.HasRole(_settings.Role);

    private void Search()
    {
        _search++;
        _singleton = null;
        Timers.StartPeriodicTimer(IdentifyTimer, TryToIdentify.Instance, TimeSpan.Zero, _settings.SingletonIdentificationInterval);
    }

    private void TryToIdentifySingleton()
    {
        if (_byAge.FirstOrDefault() is { } oldest)
        {
            var path = new RootActorPath(oldest.Address) / _singletonPath;
            _log.Debug("Trying to identify singleton at [{0}]", path);
            Context.ActorSelection(path).Tell(new Identify(SearchId));
        }
    }

    private void Identified(ActorIdentity identity)
    {
        if (identity.Subject is not { } singleton || singleton.Equals(_singleton))
        {
            return;
        }

        _log.Info("Singleton identified at [{0}]", singleton.Path);
        _singleton = singleton;
        Context.Watch(singleton);
        Timers.Cancel(IdentifyTimer);
        while (_buffer.TryDequeue(out var kept))
        {
            singleton.Tell(kept.Message, kept.Sender);
        }
    }

    private void Deliver(object message)
    {
        if (_singleton is not null)
        {
            _singleton.Forward(message);
        }
        else if (_settings.BufferSize == 0)
        {
            _log.Debug("Singleton not available and buffering is disabled, dropping message [{0}]", message.GetType());
        }
        else
        {
            if (_buffer.Count == _settings.BufferSize)
            {
                var dropped = _buffer.Dequeue();
                _log.Debug("Singleton not available, buffer is full, dropping first message [{0}]", dropped.Message.GetType());
            }

            _buffer.Enqueue((message, Sender));
        }
    }

    private sealed class TryToIdentify : INoSerializationVerificationNeeded
    {
        public static readonly TryToIdentify Instance = new();
    }
}
