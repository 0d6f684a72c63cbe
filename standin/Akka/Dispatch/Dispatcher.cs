using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>A dispatcher on an executor that its actors share.</summary>
public class Dispatcher : MessageDispatcher
{
    private readonly Lazy<ExecutorService> _executor;

    public Dispatcher(
        MessageDispatcherConfigurator configurator,
        string id,
        int throughput,
        long? throughputDeadlineTime,
        ExecutorServiceFactory executorServiceFactory,
        TimeSpan shutdownTimeout)
        : base(configurator)
    {
        Id = id;
        Throughput = throughput;
        ThroughputDeadlineTime = throughputDeadlineTime;
        ShutdownTimeout = shutdownTimeout;

        // Threads are started by the first actor, not by the mention of the dispatcher in the settings.
        _executor = new Lazy<ExecutorService>(() => executorServiceFactory.Produce(id));
    }

    protected override void ExecuteTask(IRunnable run) => _executor.Value.Execute(run);

    private protected override void ExecuteTaskAgain(IRunnable run) => _executor.Value.ExecuteAgain(run);

    protected override void Shutdown()
    {
        if (_executor.IsValueCreated)
        {
            _executor.Value.Shutdown();
        }
    }
}

/// <summary>Makes one dispatcher for all who name it.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _instance;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _instance = new Dispatcher(
            this,
            config.GetString("id"),
            config.GetInt("throughput", MessageDispatcher.DefaultThroughput),
            DispatcherSettings.Deadline(config),
            ConfigureExecutor(),
            config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));

    public override MessageDispatcher Dispatcher() => _instance;
}

internal static class DispatcherSettings
{
    public static long? Deadline(Config config)
    {
        var deadline = config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero);
        return deadline > TimeSpan.Zero ? deadline.Ticks : null;
    }
}
