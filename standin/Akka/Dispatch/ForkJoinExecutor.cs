using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work on threads of its own, so that neither side can starve the rest of the program.</summary>
internal sealed class ForkJoinExecutor : ExecutorService
{
    // Waiting threads sleep at once. Those of a BlockingCollection first yield their core in a loop, in case work comes:
    // with more threads than cores, that takes a quarter of all time away from those that have work.
    private readonly Queue<IRunnable> _work = new();
    private int _waiting;
    private bool _ended;

    public ForkJoinExecutor(string id, int threadCount, bool background)
        : base(id)
    {
        for (var i = 1; i <= threadCount; i++)
        {
            new Thread(RunWork) { IsBackground = background, Name = $"{id}_{i}" }.Start();
        }
    }

    public override void Execute(IRunnable run)
    {
        lock (_work)
        {
            if (_ended)
            {
                throw new RejectedExecutionException($"The threads of dispatcher [{Id}] have ended");
            }

            _work.Enqueue(run);
            if (_waiting > 0)
            {
                Monitor.Pulse(_work);
            }
        }
    }

    public override void Shutdown()
    {
        lock (_work)
        {
            _ended = true;
            Monitor.PulseAll(_work);
        }
    }

    private void RunWork()
    {
        while (Take() is { } run)
        {
            try
            {
                run.Run();
            }
            catch (Exception e)
            {
                // Actors report their own failures. What comes this far is work that was scheduled by hand,
                // and losing a thread over it would in time stop all actors of the dispatcher.
                Console.Error.WriteLine($"Unhandled exception on dispatcher [{Id}]: {e}");
            }
        }
    }

    /// <summary>The next work, or null once there is none and will be none.</summary>
    private IRunnable Take()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_ended)
            {
                _waiting++;
                Monitor.Wait(_work);
                _waiting--;
            }

            return _work.TryDequeue(out var run) ? run : null;
        }
    }
}

internal sealed class ForkJoinExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id)
    {
        if (Config.HasPath("dedicated-thread-pool"))
        {
            var pool = Config.GetConfig("dedicated-thread-pool");
            return new ForkJoinExecutor(id, ThreadCount(pool), IsBackground(pool));
        }

        if (!Config.HasPath("fork-join-executor"))
        {
            throw new ConfigurationException(
                $"must define section 'dedicated-thread-pool' OR 'fork-join-executor' for fork-join-executor {Config.GetString("id", "unknown")}");
        }

        var forkJoin = Config.GetConfig("fork-join-executor");
        var wanted = (int)Math.Ceiling(Environment.ProcessorCount * forkJoin.GetDouble("parallelism-factor", 1.0));
        var atLeast = forkJoin.GetInt("parallelism-min", 1);
        return new ForkJoinExecutor(id, Math.Clamp(wanted, atLeast, Math.Max(atLeast, forkJoin.GetInt("parallelism-max", 64))), background: true);
    }

    private int ThreadCount(Config pool)
    {
        var count = pool.GetInt("thread-count", Environment.ProcessorCount);
        return count >= 1
            ? count
            : throw new ConfigurationException($"dedicated-thread-pool.thread-count of dispatcher [{Config.GetString("id", "unknown")}] is {count}, but must be at least 1");
    }

    private static bool IsBackground(Config pool) =>
        !pool.GetString("threadtype", "background").Equals("foreground", StringComparison.OrdinalIgnoreCase);
}
