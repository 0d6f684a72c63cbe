using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work as tasks of a scheduler, for instance the one of a user interface's thread.</summary>
internal sealed class TaskSchedulerExecutor(string id, TaskScheduler scheduler) : ExecutorService(id)
{
    public override void Execute(IRunnable run) =>
        Task.Factory.StartNew(static work => ((IRunnable)work).Run(), run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    public override void Shutdown()
    {
    }
}

internal sealed class TaskSchedulerExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites, Func<TaskScheduler> scheduler)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new TaskSchedulerExecutor(id, scheduler());
}
