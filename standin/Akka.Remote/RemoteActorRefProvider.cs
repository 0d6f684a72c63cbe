using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Configuration;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>The provider of a system that other systems can reach: local references, and references to the actors of others.</summary>
public class RemoteActorRefProvider : IRemoteActorRefProvider
{
    private readonly LocalActorRefProvider _local;
    private readonly ILoggingAdapter _log;
    private Information _serializationInformation;
    private RemoteDaemon _remoteDaemon;

    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        settings.InjectTopLevelFallback(RemoteConfigFactory.Default());
        Deployer = new Deployer(settings);
        _local = new LocalActorRefProvider(systemName, settings, eventStream, Deployer, deadLettersFactory: null);
        _log = _local.Log;
        RemoteSettings = new RemoteSettings(settings.Config);
    }

    public RemoteSettings RemoteSettings { get; }

    public IInternalActorRef RemoteDaemon => _remoteDaemon;

    public IActorRef RemoteWatcher { get; private set; }

    public RemoteTransport Transport { get; private set; }

    public Deployer Deployer { get; protected set; }

    public ActorPath RootPath => _local.RootPath;

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public LocalActorRef Guardian => _local.Guardian;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IInternalActorRef TempContainer => _local.TempContainer;

    public IActorRef DeadLetters => _local.DeadLetters;

    public IActorRef IgnoreRef => _local.IgnoreRef;

    public Settings Settings => _local.Settings;

    public Task TerminationTask => _local.TerminationTask;

    /// <summary>Null until the system listens.</summary>
    public Address DefaultAddress => Transport?.DefaultAddress;

    public Information SerializationInformation
    {
        get
        {
            if (_serializationInformation is null && Transport?.DefaultAddress is { } address)
            {
                _serializationInformation = new Information(address, Transport.System);
            }

            return _serializationInformation ?? _local.SerializationInformation;
        }
    }

    public virtual void Init(ActorSystemImpl system)
    {
        _local.Init(system);
        var terminator = system.SystemActorOf(
            RemoteSettings.ConfigureDispatcher(Props.Create(() => new RemotingTerminator(_local.SystemGuardian))), "remoting-terminator");
        var remoting = new Remoting(system, this);
        Transport = remoting;
        _remoteDaemon = new RemoteDaemon(this, RootPath / "remote", RootGuardian, terminator);
        _local.RegisterExtraName("remote", _remoteDaemon);
        terminator.Tell(new RemotingTerminator.Start(remoting, _remoteDaemon), ActorRefs.NoSender);
        remoting.Start();
        RemoteWatcher = CreateRemoteWatcher(system);
    }

    public ActorPath TempPath() => _local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => _local.CreateFutureRef(tcs);

    /// <exception cref="ConfigurationException">The actor is to be made on another node.</exception>
    public IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async)
    {
        if (props.Deploy.Scope is RemoteScope remote && !HasAddress(remote.Address))
        {
            throw new ConfigurationException($"Cannot make [{path}] on [{remote.Address}]: this library makes actors on their own node only.");
        }

        return _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);
    }

    public IActorRef ResolveActorRef(string path) => InternalResolveActorRef(path);

    public IActorRef InternalResolveActorRef(string path)
    {
        if (path.Length == 0)
        {
            return ActorRefs.NoSender;
        }

        if (path == IgnoreRef.Path.ToString())
        {
            return IgnoreRef;
        }

        if (ActorPath.TryParse(path, out var actorPath))
        {
            return ResolveActorRef(actorPath);
        }

        _log.Debug("resolve of unknown path [{0}] failed", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (HasAddress(actorPath.Address))
        {
            return ResolveLocal(actorPath.ElementsWithUid);
        }

        if (Reaches(actorPath.Address))
        {
            return CreateRemoteRef(actorPath, Transport.LocalAddressForRemote(actorPath.Address));
        }

        _log.Warning("Error while resolving address [{0}]: no transport leads there", actorPath.Address);
        return new EmptyLocalActorRef(this, RootPath, _local.EventStream);
    }

    public IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress)
    {
        if (!ActorPath.TryParse(path, out var actorPath))
        {
            _log.Debug("resolve of unknown path [{0}] failed", path);
            return (IInternalActorRef)DeadLetters;
        }

        return HasAddress(actorPath.Address) ? ResolveLocal(actorPath.ElementsWithUid) : CreateRemoteRef(actorPath, localAddress);
    }

    public IActorRef RootGuardianAt(Address address) => HasAddress(address)
        ? RootGuardian
        : CreateRemoteRef(new RootActorPath(address), Transport.LocalAddressForRemote(address));

    public bool HasAddress(Address address) => address == RootPath.Address || (Transport is not null && Transport.Addresses.Contains(address));

    public Address GetExternalAddressFor(Address address)
    {
        if (HasAddress(address))
        {
            return RootPath.Address;
        }

        return Reaches(address) ? Transport.LocalAddressForRemote(address) : null;
    }

    public void Quarantine(Address address, int? uid) => Transport.Quarantine(address, uid);

    /// <summary>The reference below the root; one that makes dead letters if nobody lives there.</summary>
    internal IInternalActorRef ResolveLocal(IReadOnlyList<string> elements) =>
        elements.Count == 0 ? RootGuardian : _local.ResolveActorRef(RootGuardian, elements);

    protected virtual IActorRef CreateRemoteWatcher(ActorSystemImpl system) => system.SystemActorOf(
        RemoteSettings.ConfigureDispatcher(Remote.RemoteWatcher.Props(
            CreateRemoteWatcherFailureDetector(system),
            RemoteSettings.WatchHeartBeatInterval,
            RemoteSettings.WatchUnreachableReaperInterval,
            RemoteSettings.WatchHeartbeatExpectedResponseAfter)),
        "remote-watcher");

    protected DefaultFailureDetectorRegistry<Address> CreateRemoteWatcherFailureDetector(ActorSystem system) =>
        new(() => FailureDetectorLoader.Load(
            RemoteSettings.WatchFailureDetectorImplementationClass, RemoteSettings.WatchFailureDetectorConfig, system));

    protected virtual IInternalActorRef CreateRemoteRef(ActorPath actorPath, Address localAddress) =>
        new RemoteActorRef(Transport, localAddress, actorPath, ActorRefs.Nobody, Props.None, Deploy.None);

    private bool Reaches(Address address) =>
        address.HasGlobalScope && address.Port is not null && Transport?.DefaultAddress is { } own && own.Protocol == address.Protocol;
}
