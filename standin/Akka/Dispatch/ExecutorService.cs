using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work on threads.</summary>
public abstract class ExecutorService
{
    protected ExecutorService(string id) => Id = id;

    public string Id { get; }

    public abstract void Execute(IRunnable run);

    public abstract void Shutdown();

    /// <summary>Runs work again that has just had its turn; others may come first.</summary>
    internal virtual void ExecuteAgain(IRunnable run) => Execute(run);
}

/// <summary>Makes executors.</summary>
public abstract class ExecutorServiceFactory
{
    public abstract ExecutorService Produce(string id);
}

/// <summary>Makes executors from settings; <c>executor</c> may name a subclass.</summary>
public abstract class ExecutorServiceConfigurator : ExecutorServiceFactory
{
    protected ExecutorServiceConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }
}
