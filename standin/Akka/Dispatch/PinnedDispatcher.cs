using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>A dispatcher that gives its only actor a thread of its own.</summary>
public sealed class PinnedDispatcher : Dispatcher
{
    public PinnedDispatcher(
        MessageDispatcherConfigurator configurator,
        string id,
        int throughput,
        long? throughputDeadlineTime,
        ExecutorServiceFactory executorServiceFactory,
        TimeSpan shutdownTimeout)
        : base(configurator, id, throughput, throughputDeadlineTime, executorServiceFactory, shutdownTimeout)
    {
    }

    public override void Detach(ActorCell cell)
    {
        base.Detach(cell);
        Shutdown();
    }
}

/// <summary>Makes a new pinned dispatcher for every actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    private static readonly Config _oneThread =
        ConfigurationFactory.ParseString("dedicated-thread-pool { thread-count = 1, threadtype = background }");

    public override MessageDispatcher Dispatcher() => new PinnedDispatcher(
        this,
        Config.GetString("id"),
        Config.GetInt("throughput", MessageDispatcher.DefaultThroughput),
        DispatcherSettings.Deadline(Config),
        new ForkJoinExecutorConfigurator(_oneThread.WithFallback(Config), Prerequisites),
        Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));
}
