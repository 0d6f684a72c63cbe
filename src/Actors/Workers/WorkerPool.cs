using System.Collections.Concurrent;

namespace FedActors.Actors.Workers;

/// <summary>
/// The threads that training and evaluation run on: a fixed number, apart from the actors' own, so that mail is
/// answered while every core computes. Tasks start in the order they were queued.
/// </summary>
public sealed class WorkerPool : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">Number of threads, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is below 1.</exception>
    public WorkerPool(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _threads = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"fedactors-worker-{i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of threads.</summary>
    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>Queues work.</summary>
    /// <param name="work">Runs on one of the threads; should watch the token.</param>
    /// <param name="cancellation">Cancels work that has not started.</param>
    /// <returns>A task that ends with the work.</returns>
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.None, this);

    /// <summary>Ends the threads once they have nothing left to do. Returns at once.</summary>
    public void Dispose()
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.CompleteAdding();
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _queue.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _queue];

    private void Work()
    {
        foreach (var task in _queue.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
