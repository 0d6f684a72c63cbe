using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The provider of a system that is reachable from its own process only.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly RootActorPath _rootPath;
    private readonly ActorPath _tempNode;
    private readonly IInternalActorRef _deadLetters;
    private readonly EventStream _eventStream;
    private readonly Dictionary<string, IInternalActorRef> _extraNames = [];
    private readonly TaskCompletionSource<Status> _termination = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorSystemImpl _system;
    private RootGuardianActorRef _rootGuardian;
    private long _lastTemp;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, null, null)
    {
    }

    public LocalActorRefProvider(
        string systemName,
        Settings settings,
        EventStream eventStream,
        Deployer deployer,
        Func<ActorPath, IInternalActorRef> deadLettersFactory)
    {
        Settings = settings;
        _eventStream = eventStream;
        _rootPath = new RootActorPath(new Address("akka", systemName));
        _tempNode = _rootPath / "temp";
        Deployer = deployer ?? new Deployer(settings);
        Log = Logging.GetLogger(eventStream, $"LocalActorRefProvider({_rootPath.Address})");
        var deadLettersPath = _rootPath / "deadLetters";
        _deadLetters = deadLettersFactory?.Invoke(deadLettersPath) ?? new DeadLetterActorRef(this, deadLettersPath, eventStream);
        IgnoreRef = new IgnoreActorRef(this);
    }

    public Settings Settings { get; }

    public Deployer Deployer { get; }

    public EventStream EventStream => _eventStream;

    public ILoggingAdapter Log { get; }

    public IActorRef DeadLetters => _deadLetters;

    public IActorRef IgnoreRef { get; }

    public ActorPath RootPath => _rootPath;

    public Address DefaultAddress => _rootPath.Address;

    public IInternalActorRef RootGuardian => _rootGuardian;

    public LocalActorRef Guardian { get; private set; }

    public LocalActorRef SystemGuardian { get; private set; }

    public IInternalActorRef TempContainer => _rootGuardian.TempContainer;

    public Task TerminationTask => _termination.Task;

    public Serialization.Information SerializationInformation { get; private set; }

    public void Init(ActorSystemImpl system)
    {
        _system = system;
        SerializationInformation = new Serialization.Information(_rootPath.Address, system);
        _rootGuardian = CreateRootGuardian();
        Guardian = CreateGuardian("user", system.GuardianProps.GetOrElse(
            Props.Create<GuardianActor>(SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create())));
        SystemGuardian = CreateGuardian("system", Props.Create(() => new SystemGuardianActor(Guardian), SupervisorStrategy.DefaultStrategy));

        // Who watches whom is the order of shutting down: user, then system, then root.
        SystemGuardian.SendSystemMessage(new Watch(Guardian, SystemGuardian));
        _rootGuardian.SendSystemMessage(new Watch(SystemGuardian, _rootGuardian));
        _rootGuardian.Start();
        Guardian.Start();
        SystemGuardian.Start();
        _eventStream.StartDefaultLoggers(system);
    }

    /// <summary>Makes a reference findable as <c>/name</c>.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames.Add(name, actor);

    public IActorRef RootGuardianAt(Address address) => address == _rootPath.Address ? _rootGuardian : _deadLetters;

    public Address GetExternalAddressFor(Address address) => address == _rootPath.Address ? address : null;

    public ActorPath TempPath() => new ChildActorPath(_tempNode, ActorNames.Generate(Interlocked.Increment(ref _lastTemp), prefix: ""), ActorCell.UndefinedUid);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (path.Parent != _tempNode)
        {
            throw new InvalidOperationException("Cannot RegisterTempActor() with anything not obtained from tempPath()");
        }

        _rootGuardian.TempContainer.AddChild(path.Name, actorRef);
    }

    public void UnregisterTempActor(ActorPath path)
    {
        if (path.Parent != _tempNode)
        {
            throw new InvalidOperationException("Cannot UnregisterTempActor() with anything not obtained from tempPath()");
        }

        _rootGuardian.TempContainer.RemoveChild(path.Name);
    }

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, TempPath(), this);

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
        var fromSettings = lookupDeploy ? Deployer.Lookup(path) : deploy;
        if (fromSettings is not null)
        {
            props = props.WithDeploy(fromSettings);
        }
        else if (systemService && props.Deploy.Dispatcher == Deploy.NoDispatcherGiven)
        {
            props = props.WithDispatcher(Dispatchers.InternalDispatcherId);
        }

        var (dispatcher, mailbox) = system.HowToRun(props, path);
        return new LocalActorRef(system, props, dispatcher, mailbox, supervisor, path);
    }

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var actorPath) ? ResolveActorRef(actorPath) : _deadLetters;

    public IActorRef ResolveActorRef(ActorPath path) =>
        path.Address == _rootPath.Address ? ResolveActorRef(_rootGuardian, path.ElementsWithUid) : _deadLetters;

    /// <summary>The reference below another one; one that makes dead letters if nobody lives there.</summary>
    internal IInternalActorRef ResolveActorRef(IInternalActorRef start, IReadOnlyList<string> elements)
    {
        if (elements.Count == 0)
        {
            return _deadLetters;
        }

        var child = start.GetChild(elements);
        return child.IsNobody()
            ? new EmptyLocalActorRef(_system.Provider, start.Path / elements, _eventStream)
            : (IInternalActorRef)child;
    }

    private RootGuardianActorRef CreateRootGuardian()
    {
        var strategy = new OneForOneStrategy(e =>
        {
            Log.Error(e, "Guardian failed. Shutting down system");
            return Directive.Stop;
        });
        return new RootGuardianActorRef(
            _system,
            Props.Create<GuardianActor>(strategy),
            _system.Dispatchers.InternalDispatcher,
            _system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId),
            new RootGuardianSupervisor(_rootPath, this, _termination, Log),
            _rootPath,
            _deadLetters,
            _extraNames);
    }

    private LocalActorRef CreateGuardian(string name, Props props)
    {
        var guardian = new LocalActorRef(
            _system,
            props,
            _system.Dispatchers.InternalDispatcher,
            _system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId),
            _rootGuardian,
            _rootPath / name);
        _rootGuardian.Cell.AddChild(guardian);
        return guardian;
    }
}
