using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a dispatcher may need of its system.</summary>
public interface IDispatcherPrerequisites
{
    EventStream EventStream { get; }

    IScheduler Scheduler { get; }

    Settings Settings { get; }

    Mailboxes Mailboxes { get; }
}

/// <summary>The prerequisites of an ordinary system.</summary>
public sealed class DefaultDispatcherPrerequisites : IDispatcherPrerequisites
{
    public DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes)
    {
        EventStream = eventStream;
        Scheduler = scheduler;
        Settings = settings;
        Mailboxes = mailboxes;
    }

    public EventStream EventStream { get; }

    public IScheduler Scheduler { get; }

    public Settings Settings { get; }

    public Mailboxes Mailboxes { get; }
}

/// <summary>Makes a dispatcher from a section of the settings; <c>type</c> may name a subclass.</summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The same dispatcher every time, or a new one for every actor.</summary>
    public abstract MessageDispatcher Dispatcher();

    /// <summary>What <c>executor</c> names.</summary>
    protected ExecutorServiceConfigurator ConfigureExecutor()
    {
        var executor = Config.GetString("executor", null);
        switch (executor)
        {
            case null:
            case "":
            case "default-executor":
            case "thread-pool-executor":
            case "channel-executor":
                return new ThreadPoolExecutorConfigurator(Config, Prerequisites);
            case "fork-join-executor":
                return new ForkJoinExecutorConfigurator(Config, Prerequisites);
            case "task-executor":
                return new TaskSchedulerExecutorConfigurator(Config, Prerequisites, static () => TaskScheduler.Default);
            case "current-context-executor":
                return new TaskSchedulerExecutorConfigurator(Config, Prerequisites, TaskScheduler.FromCurrentSynchronizationContext);
            default:
                var type = Type.GetType(executor)
                    ?? throw new ConfigurationException($"Could not resolve executor service configurator type {executor} for path {Config.GetString("id", "unknown")}");
                return (ExecutorServiceConfigurator)Activator.CreateInstance(type, Config, Prerequisites);
        }
    }
}
