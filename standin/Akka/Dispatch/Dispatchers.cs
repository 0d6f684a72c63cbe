using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, made when they are first asked for.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private const int MaxAliasDepth = 20;

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new();
    private readonly ILoggingAdapter _log;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        Prerequisites = prerequisites;
        _log = logger;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
        InternalDispatcher = Lookup(InternalDispatcherId);
    }

    public IDispatcherPrerequisites Prerequisites { get; }

    public MessageDispatcher DefaultGlobalDispatcher { get; }

    public Config DefaultDispatcherConfig =>
        WithId(DefaultDispatcherId).WithFallback(Prerequisites.Settings.Config.GetConfig(DefaultDispatcherId));

    internal MessageDispatcher InternalDispatcher { get; }

    private Config Settings => Prerequisites.Settings.Config;

    /// <exception cref="ConfigurationException">The settings say nothing, or nonsense, about it.</exception>
    public MessageDispatcher Lookup(string dispatcherName) => LookupConfigurator(dispatcherName).Dispatcher();

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || Settings.HasPath(id);

    /// <summary>Adds a dispatcher that the settings do not mention. False if the name is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) =>
        _configurators.TryAdd(id, configurator);

    internal MessageDispatcherConfigurator LookupConfigurator(string id)
    {
        for (var depth = 0; depth < MaxAliasDepth; depth++)
        {
            if (_configurators.TryGetValue(id, out var configurator))
            {
                return configurator;
            }

            if (!Settings.HasPath(id))
            {
                throw new ConfigurationException($"Dispatcher {id} not configured.");
            }

            var value = Settings.GetValue(id);
            if (value.IsObject())
            {
                return _configurators.GetOrAdd(id, Configure);
            }

            var actual = value.GetString();
            _log.Debug("Dispatcher id [{0}] is an alias, actual dispatcher will be [{1}]", id, actual);
            id = actual;
        }

        throw new ConfigurationException($"Could not find a dispatcher after following {MaxAliasDepth} aliases, last [{id}]. Do they form a circle?");
    }

    internal void Shutdown()
    {
        foreach (var configurator in _configurators.Values)
        {
            if (configurator is DispatcherConfigurator)
            {
                configurator.Dispatcher().ShutdownNow();
            }
        }
    }

    private static Config WithId(string id) => ConfigurationFactory.ParseString($"id = \"{id}\"");

    private static Config WithExecutor(string executor, Config config) =>
        ConfigurationFactory.ParseString($"executor = {executor}").WithFallback(config);

    private MessageDispatcherConfigurator Configure(string id)
    {
        var config = WithId(id).WithFallback(Settings.GetConfig(id)).WithFallback(DefaultDispatcherConfig);
        var type = config.GetString("type", null);
        switch (type)
        {
            case "Dispatcher":
                return new DispatcherConfigurator(config, Prerequisites);
            case "TaskDispatcher":
                return new DispatcherConfigurator(WithExecutor("task-executor", config), Prerequisites);
            case "ForkJoinDispatcher":
                return new DispatcherConfigurator(WithExecutor("fork-join-executor", config), Prerequisites);
            case "SynchronizedDispatcher":
                return new DispatcherConfigurator(WithExecutor("current-context-executor", config), Prerequisites);
            case "PinnedDispatcher":
                return new PinnedDispatcherConfigurator(config, Prerequisites);
            case null:
                throw new ConfigurationException($"Could not resolve dispatcher for path {id}. type is null");
            default:
                var configurator = Type.GetType(type)
                    ?? throw new ConfigurationException($"Could not resolve dispatcher type {type} for path {id}");
                return (MessageDispatcherConfigurator)Activator.CreateInstance(configurator, config, Prerequisites);
        }
    }
}
