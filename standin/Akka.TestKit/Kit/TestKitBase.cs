using System.Threading.Channels;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.Util.Internal;

namespace Akka.TestKit;

/// <summary>
/// An actor system and a test actor for one test: what is told to the test actor is queued, and the test expects it.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly Config Reference = ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.Internal.Reference.conf");

    private static readonly Config FullDebug = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters = on
          log-dead-letters-during-shutdown = on
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
            fsm = on
            router-misconfiguration = on
          }
        }
        """);

    private static readonly AtomicCounter TestActorNumber = new(0);

    private readonly ITestKitAssertions _assertions;
    private Channel<MessageEnvelope> _queue;
    private MessageEnvelope _lastMessage;
    private TimeSpan? _end;
    private bool _lastWasNoMessage;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, SetupWith(Reference), null, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, SetupWith(config), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        _assertions = assertions
            ?? throw new ArgumentNullException(nameof(assertions), "The supplied assertions must not be null.");
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>What every TestKit adds to the settings of its actor system.</summary>
    public static Config DefaultConfig => Reference;

    /// <summary>Settings that log everything.</summary>
    public static Config FullDebugConfig => FullDebug;

    /// <summary>A clock that only goes forward.</summary>
    public static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    public ActorSystem Sys { get; private set; }

    public TestKitSettings TestKitSettings { get; private set; }

    public ILoggingAdapter Log { get; private set; }

    public IActorRef TestActor { get; private set; }

    public EventFilterFactory EventFilter { get; private set; }

    public bool HasMessages => _queue.Reader.Count > 0;

    public object LastMessage => _lastMessage.Message;

    public IActorRef LastSender => _lastMessage.Sender;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public IActorRef CreateTestActor(string name) => CreateTestActor(Sys, name);

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    public TestBarrier CreateTestBarrier(int count) => new(this, count, TestKitSettings.DefaultTimeout);

    /// <summary>Stops the actor system, by force if it takes too long.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    /// <summary>Stops an actor system, by force if it takes too long.</summary>
    /// <exception cref="TimeoutException">It took too long, and that was to be verified.</exception>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        var limit = duration ?? Dilated(TimeSpan.FromSeconds(5)).Min(TimeSpan.FromSeconds(10));
        if (system.Terminate().Wait(limit))
        {
            return;
        }

        ((ExtendedActorSystem)system).Guardian.Stop();
        var problem = $"Failed to stop [{system.Name}] within [{limit}]. ActorSystem is being forcefully shut down.";
        if (verifySystemShutdown)
        {
            throw new TimeoutException(problem);
        }

        system.Log.Warning(problem);
    }

    /// <summary>Makes, or replaces, the actor system and the test actor.</summary>
    protected virtual void InitializeTest(ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        if (system is null)
        {
            system = ActorSystem.Create(actorSystemName ?? "test", WithReference(config));
        }
        else
        {
            system.Settings.InjectTopLevelFallback(Reference);
        }

        system.RegisterExtension(new TestKitExtension());
        system.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        system.Dispatchers.RegisterConfigurator(
            CallingThreadDispatcher.Id,
            new CallingThreadDispatcherConfigurator(system.Settings.Config, system.Dispatchers.Prerequisites));

        Sys = system;
        TestKitSettings = TestKitExtension.For(system);
        Log = Logging.GetLogger(system, GetType());
        EventFilter = new EventFilterFactory(this);
        _queue = Channel.CreateUnbounded<MessageEnvelope>();
        _lastMessage = NullMessageEnvelope.Instance;
        _end = null;
        _lastWasNoMessage = false;

        var name = string.IsNullOrEmpty(testActorName) ? "testActor" + TestActorNumber.IncrementAndGet() : testActorName;
        TestActor = CreateTestActor(system, name);
        if (!SpinWait.SpinUntil(() => TestActor is not IRepointableRef { IsStarted: false }, TimeSpan.FromSeconds(5)))
        {
            throw new TimeoutException("The test actor did not start within 5 seconds.");
        }

        MakeTestActorTheImplicitSender();
    }

    protected void InitializeTest(ActorSystem system, Config config, string actorSystemName, string testActorName) =>
        InitializeTest(system, SetupWith(config), actorSystemName, testActorName);

    private static ActorSystemSetup SetupWith(Config config) =>
        ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));

    private static ActorSystemSetup WithReference(ActorSystemSetup setup)
    {
        var given = setup.Get<BootstrapSetup>();
        var bootstrap = given.HasValue ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.SafeWithFallback(Reference) : Reference;
        return setup.WithSetup(bootstrap.WithConfig(config));
    }

    private IActorRef CreateTestActor(ActorSystem system, string name)
    {
        var queue = _queue.Writer;
        var props = Props.Create(() => new InternalTestActor(queue)).WithDispatcher("akka.test.test-actor.dispatcher");
        return ((ActorSystemImpl)system).SystemActorOf(props, name);
    }

    /// <summary>A probe made within a test leaves the sender of that test alone.</summary>
    private void MakeTestActorTheImplicitSender()
    {
        if (this is not INoImplicitSender)
        {
            InternalCurrentActorCellKeeper.Current = (ActorCell)((ActorRefWithCell)TestActor).Underlying;
        }
        else if (this is not TestProbe)
        {
            InternalCurrentActorCellKeeper.Current = null;
        }

        SynchronizationContext.SetSynchronizationContext(
            new ActorCellKeepingSynchronizationContext(InternalCurrentActorCellKeeper.Current));
    }

    private void LogCall(string format, params object[] args)
    {
        if (TestKitSettings.LogTestKitCalls)
        {
            Log.Debug(format, args);
        }
    }
}
