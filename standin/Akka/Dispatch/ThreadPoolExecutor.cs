using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work on .NET's thread pool.</summary>
internal sealed class ThreadPoolExecutor(string id) : ExecutorService(id)
{
    private const int LongestStreak = 16;

    /// <summary>How often in a row this thread has kept work for itself.</summary>
    [ThreadStatic]
    private static int _streak;

    /// <summary>
    /// An actor that is woken by a message best runs where the message was written, while it is in that core's cache. The pool
    /// prefers such work to all other, so every now and then it is put where everybody's work waits.
    /// </summary>
    public override void Execute(IRunnable run)
    {
        var keep = ++_streak < LongestStreak;
        if (!keep)
        {
            _streak = 0;
        }

        Queue(run, keep);
    }

    internal override void ExecuteAgain(IRunnable run) => Queue(run, preferLocal: false);

    private static void Queue(IRunnable run, bool preferLocal)
    {
        if (run is IThreadPoolWorkItem item)
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Run(), run, preferLocal);
        }
    }

    public override void Shutdown()
    {
    }
}

internal sealed class ThreadPoolExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new ThreadPoolExecutor(id);
}
