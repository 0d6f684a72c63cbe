using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>The part that an actor system plays in a cluster.</summary>
public partial class Cluster : IExtension
{
    private readonly ILoggingAdapter _log;
    private readonly IActorRef _daemons;
    private readonly ClusterReadView _readView;
    private readonly Lazy<IDowningProvider> _downingProvider;
    private volatile IActorRef _core;
    private int _terminated;

    /// <exception cref="ConfigurationException">The system's provider is not that of a cluster.</exception>
    public Cluster(ActorSystemImpl system)
    {
        System = system;
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        if (system.Provider is not IClusterActorRefProvider provider)
        {
            throw new ConfigurationException(
                $"ActorSystem {system} needs `akka.actor.provider = cluster`, but uses {system.Provider.GetType().FullName}");
        }

        SelfUniqueAddress = new UniqueAddress(provider.Transport.DefaultAddress, AddressUidExtension.Uid(system));
        _log = Logging.GetLogger(system, "Cluster");
        LogInfo("Starting up...");

        FailureDetector = new DefaultFailureDetectorRegistry<Address>(() =>
            FailureDetectorLoader.Load(Settings.FailureDetectorImplementationClass, Settings.FailureDetectorConfig, system));

        // A provider may ask for this extension, which is not there yet.
        _downingProvider = new Lazy<IDowningProvider>(() => LoadDowningProvider(system));

        _daemons = system.SystemActorOf(
            Props.Create(() => new ClusterDaemon(Settings)).WithDispatcher(Settings.UseDispatcher).WithDeploy(Deploy.Local), "cluster");
        StartCore();
        _readView = new ClusterReadView(this);
        system.RegisterOnTermination(Shutdown);
        LogInfo("Started up successfully");
    }

    public ExtendedActorSystem System { get; }

    public ClusterSettings Settings { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>The cluster as this node knows it. May lag a little behind the events.</summary>
    public ClusterEvent.CurrentClusterState State => _readView.State;

    /// <summary>This node; with status removed while it is not a member.</summary>
    public Member SelfMember => _readView.Self;

    public bool IsUp => SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp;

    /// <summary>Whether this node has left for good. A new actor system is needed to join again.</summary>
    public bool IsTerminated => Volatile.Read(ref _terminated) != 0;

    public DefaultFailureDetectorRegistry<Address> FailureDetector { get; }

    public IDowningProvider DowningProvider => _downingProvider.Value;

    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    /// <summary>Tells an actor of events, after a <see cref="ClusterEvent.CurrentClusterState"/>.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) =>
        Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    /// <summary>Tells an actor of events.</summary>
    /// <exception cref="ArgumentException">There is no type, or one that is no cluster event.</exception>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0)
        {
            throw new ArgumentException("At least one `IClusterDomainEvent` class is required", nameof(to));
        }

        if (Array.Find(to, type => !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(type)) is { } wrong)
        {
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{wrong.Name}]", nameof(to));
        }

        _core.Tell(new Subscribe(subscriber, initialStateMode, [.. to]));
    }

    public void Unsubscribe(IActorRef subscriber) => Unsubscribe(subscriber, null);

    public void Unsubscribe(IActorRef subscriber, Type to) => _core.Tell(new Unsubscribe(subscriber, to));

    /// <summary>Tells an actor the <see cref="ClusterEvent.CurrentClusterState"/> once.</summary>
    public void SendCurrentClusterState(IActorRef receiver) => _core.Tell(new SendCurrentClusterState(receiver));

    /// <summary>Runs something when this node is up; at once if it is.</summary>
    public void RegisterOnMemberUp(Action callback)
    {
        if (IsUp)
        {
            callback();
        }
        else
        {
            _daemons.Tell(new AddStatusListener(callback, MemberStatus.Up));
        }
    }

    /// <summary>Runs something when this node is removed or its system ends; at once if it has been.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated)
        {
            callback();
        }
        else
        {
            _daemons.Tell(new AddStatusListener(callback, MemberStatus.Removed));
        }
    }

    /// <summary>The path by which other nodes know one of this node's actors.</summary>
    public ActorPath RemotePathOf(IActorRef actorRef)
    {
        var path = actorRef.Path;
        return path.Address.HasGlobalScope ? path : (new RootActorPath(SelfAddress) / path.Elements).WithUid(path.Uid);
    }

    /// <summary>Ends this node's part in the cluster. The members of the cluster are not told.</summary>
    internal void Shutdown()
    {
        if (Interlocked.Exchange(ref _terminated, 1) == 0)
        {
            LogInfo("Shutting down...");
            System.Stop(_daemons);
            _readView?.Dispose();
            LogInfo("Successfully shut down");
        }
    }

    internal void LogInfo(string format, params object[] args)
    {
        if (Settings.LogInfo && _log.IsInfoEnabled)
        {
            _log.Info("Cluster Node [{0}] - {1}", SelfAddress, args.Length == 0 ? format : string.Format(format, args));
        }
    }

    /// <summary>Called by the daemon before it starts others, who may use this extension while it is still being made.</summary>
    internal void Started(IActorRef core) => _core = core;

    private void StartCore()
    {
        try
        {
            var timeout = System.Settings.Config.GetTimeSpan("akka.actor.creation-timeout", TimeSpan.FromSeconds(20));
            _core = _daemons.Ask<IActorRef>(new GetClusterCoreRef(this), timeout).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            _log.Error(e, "Failed to startup Cluster. You can try to increase 'akka.actor.creation-timeout'.");
            _core = System.DeadLetters;
            Shutdown();
        }
    }

    private IDowningProvider LoadDowningProvider(ActorSystem system)
    {
        try
        {
            return (IDowningProvider)Activator.CreateInstance(Settings.DowningProviderType, system, this);
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"Couldn't create downing provider of type [{Settings.DowningProviderType.FullName}]", e);
        }
    }
}
