using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the steps of an asynchronous handler in its actor, one at a time and with the actor's context in place.
/// Until the handler is done the mailbox is suspended, so that only system messages are handled in between.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    public object CurrentMessage { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action that may await, as the actor whose code is running.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="RunTask(Action)"/>
    /// <exception cref="InvalidOperationException">No actor's code is running.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrentActorCellKeeper.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.TaskScheduler;

        cell.Dispatcher.Suspend(cell);
        scheduler.CurrentMessage = cell.CurrentMessage;
        scheduler.OnBeforeTaskStarted();

        Task<Task>.Factory
            .StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(scheduler.Finish, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    internal void ExecuteTask(Task task) => TryExecuteTask(task);

    protected virtual void OnBeforeTaskStarted()
    {
    }

    protected virtual void OnAfterTaskCompleted()
    {
    }

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override void QueueTask(Task task)
    {
        var mayRunHere = (task.CreationOptions & TaskCreationOptions.LongRunning) == 0
            && InternalCurrentActorCellKeeper.Current == _cell;
        if (mayRunHere)
        {
            TryExecuteTask(task);
        }
        else
        {
            _cell.SendSystemMessage(new ActorTaskSchedulerMessage(this, task, CurrentMessage));
        }
    }

    private static Exception FailureOf(Task task) => task.Status switch
    {
        TaskStatus.Canceled => new TaskCanceledException(),
        TaskStatus.Faulted => task.Exception.InnerExceptions.Count == 1 ? task.Exception.InnerExceptions[0] : task.Exception,
        _ => null,
    };

    private void Finish(Task task)
    {
        var failure = FailureOf(task);
        if (failure is null)
        {
            _cell.Dispatcher.Resume(_cell);
            _cell.CheckReceiveTimeout(_cell.CurrentMessage is not INotInfluenceReceiveTimeout);
        }
        else
        {
            // The mailbox stays suspended until the supervisor has decided.
            _cell.SendSystemMessage(new ActorTaskSchedulerMessage(failure, CurrentMessage));
        }

        CurrentMessage = null;
        OnAfterTaskCompleted();
    }
}
