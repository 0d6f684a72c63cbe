using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Tests.Workers;

public sealed class WorkerPoolTests
{
    [Fact]
    public async Task Work_runs_on_the_pools_own_threads()
    {
        using var workers = new WorkerPool(2);

        var name = await workers.Run(() => Thread.CurrentThread.Name, CancellationToken.None);

        Assert.StartsWith("fedactors-worker-", name);
    }

    [Fact]
    public async Task No_more_work_runs_at_once_than_there_are_threads()
    {
        const int Threads = 3;
        using var workers = new WorkerPool(Threads);
        using var together = new Barrier(Threads);
        var running = 0;
        var most = 0;

        var tasks = Enumerable.Range(0, 4 * Threads).Select(_ => workers.Run(
            () =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                together.SignalAndWait();
                Interlocked.Decrement(ref running);
                return now;
            },
            CancellationToken.None));
        await Task.WhenAll(tasks);

        Assert.InRange(most, 1, Threads);
        Assert.Equal(Threads, workers.MaximumConcurrencyLevel);
    }

    [Fact]
    public async Task Work_starts_in_the_order_in_which_it_was_queued()
    {
        using var workers = new WorkerPool(1);
        using var gate = new WorkerGate(workers);
        var order = new List<int>();

        var tasks = Enumerable.Range(0, 20).Select(number => workers.Run(
            () =>
            {
                order.Add(number);
                return number;
            },
            CancellationToken.None)).ToArray();
        gate.Open();
        await Task.WhenAll(tasks);

        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task Work_cancelled_before_its_turn_never_starts()
    {
        using var workers = new WorkerPool(1);
        using var gate = new WorkerGate(workers);
        using var cancellation = new CancellationTokenSource();
        var started = false;

        var task = workers.Run(() => started = true, cancellation.Token);
        cancellation.Cancel();
        gate.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.False(started);
    }

    [Fact]
    public async Task A_failure_comes_back_in_the_task_and_the_thread_goes_on()
    {
        using var workers = new WorkerPool(1);

        var failing = workers.Run<int>(() => throw new InvalidOperationException("no"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(1, await workers.Run(() => 1, CancellationToken.None));
    }

    [Fact]
    public async Task A_closed_pool_finishes_what_was_queued()
    {
        var workers = new WorkerPool(1);
        using var gate = new WorkerGate(workers);

        var task = workers.Run(() => 1, CancellationToken.None);
        workers.Dispose();
        workers.Dispose();
        gate.Open();

        Assert.Equal(1, await task);
    }

    [Fact]
    public void A_pool_has_at_least_one_thread() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
