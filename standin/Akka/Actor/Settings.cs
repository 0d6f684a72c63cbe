using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What the library itself reads from a system's settings.</summary>
public class Settings
{
    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Config = config.WithFallback(ConfigurationFactory.Default());

        var chosen = setup.Get<BootstrapSetup>().FlatSelect(bootstrap => bootstrap.ActorRefProvider);
        ProviderSelectionType = chosen.HasValue ? chosen.Value : ProviderSelection.GetProvider(Config.GetString("akka.actor.provider"));
        ProviderClass = ProviderSelectionType.Fqn;
        HasCluster = ProviderSelectionType.HasCluster;
        VerifyProvider();

        ConfigVersion = Config.GetString("akka.version");
        Home = Config.GetString("akka.home", "");
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan, allowInfinite: true);
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages");
        SchedulerClass = Config.GetString("akka.scheduler.implementation");
        SchedulerShutdownTimeout = Config.GetTimeSpan("akka.scheduler.shutdown-timeout");

        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        StdoutLogger = Create<MinimalLogger>("akka.stdout-logger-class") ?? new StandardOutLogger();
        LogFormatter = Config.GetString("akka.logger-formatter", "").Contains(nameof(DefaultLogMessageFormatter))
            ? DefaultLogMessageFormatter.Instance
            : Create<ILogMessageFormatter>("akka.logger-formatter") ?? DefaultLogMessageFormatter.Instance;
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher");
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start");
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        LogDeadLetters = Config.GetString("akka.log-dead-letters", "off") switch
        {
            "on" or "true" or "yes" => int.MaxValue,
            "off" or "false" or "no" => 0,
            _ => Config.GetInt("akka.log-dead-letters"),
        };
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration =
            Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", Timeout.InfiniteTimeSpan, allowInfinite: true);

        AddLoggingReceive = Config.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        DebugTimerScheduler = Config.GetBoolean("akka.actor.debug.log-timers");

        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and "
                + "akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
        }
    }

    public ActorSystem System { get; }

    public Config Config { get; private set; }

    public ActorSystemSetup Setup { get; }

    public ProviderSelection ProviderSelectionType { get; }

    public string ProviderClass { get; }

    public bool HasCluster { get; }

    public string ConfigVersion { get; }

    public string Home { get; }

    public string SupervisorStrategyClass { get; }

    public TimeSpan AskTimeout { get; }

    public bool SerializeAllMessages { get; }

    public string SchedulerClass { get; }

    public TimeSpan SchedulerShutdownTimeout { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    public MinimalLogger StdoutLogger { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LoggerAsyncStart { get; }

    public bool LogConfigOnStart { get; }

    /// <summary>How many dead letters are logged; <see cref="int.MaxValue"/> for all of them.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public bool AddLoggingReceive { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugLifecycle { get; }

    public bool DebugEventStream { get; }

    public bool DebugUnhandledMessage { get; }

    public bool DebugTimerScheduler { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Adds defaults, behind all that is set.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    public override string ToString() => Config.ToString(includeFallback: true);

    private void VerifyProvider()
    {
        var provider = Type.GetType(ProviderClass ?? "")
            ?? throw new ConfigurationException($"'akka.actor.provider' is not a valid type name : '{ProviderClass}'");
        if (!typeof(IActorRefProvider).IsAssignableFrom(provider))
        {
            throw new ConfigurationException($"'akka.actor.provider' is not a valid actor ref provider: '{ProviderClass}'");
        }
    }

    private T Create<T>(string key)
        where T : class
    {
        var name = Config.GetString(key, null);
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var type = Type.GetType(name) ?? throw new ArgumentException($"Could not load type of {name}, which '{key}' names.");
        return Activator.CreateInstance(type) as T ?? throw new ArgumentException($"{name}, which '{key}' names, is no {typeof(T).Name}.");
    }
}
