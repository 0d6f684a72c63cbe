using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace TorchSharp.Threading;

/// <summary>
/// The threads that help with one loop at a time. They are started when first needed and kept. The caller works too, and who finds the crew
/// busy (another task, or a loop within a loop) works alone rather than waiting.
/// </summary>
internal static unsafe class ThreadCrew
{
    /// <summary>
    /// How long a helper looks out for the next loop before it sleeps: operations of a task follow each other closely, and waking takes as
    /// long as a small one.
    /// </summary>
    private static readonly long _patience = Stopwatch.Frequency / 20_000;

    /// <summary>Helpers beyond the processors would only compete with them.</summary>
    private static readonly int _mostHelpers = Math.Max(1, Environment.ProcessorCount - 1);

    private static readonly object _gate = new();
    private static int _helpers;
    private static int _claimed;

    // The current loop, guarded by the gate except for what its members read while they are counted in.
    private static volatile bool _open;
    private static int _seats;
    private static int _active;
    private static delegate*<void*, long, long, void> _run;
    private static void* _work;
    private static long _count;
    private static long _parts;
    private static long _nextPart;
    private static ExceptionDispatchInfo? _failure;

    /// <summary>
    /// Calls <paramref name="run"/> for <paramref name="parts"/> equal parts of the items on this thread and up to so many helpers, and
    /// returns when all are done. The first exception is thrown here. Returns false, having done nothing, where the crew is busy.
    /// </summary>
    public static bool TryRun(delegate*<void*, long, long, void> run, void* work, long count, long parts, int helpers)
    {
        if (Interlocked.CompareExchange(ref _claimed, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            Open(run, work, count, parts, (int)Math.Min(Math.Min(helpers, _mostHelpers), parts - 1));
            RunParts();
            Close()?.Throw();
            return true;
        }
        finally
        {
            Volatile.Write(ref _claimed, 0);
        }
    }

    private static void Open(delegate*<void*, long, long, void> run, void* work, long count, long parts, int helpers)
    {
        for (; _helpers < helpers; _helpers++)
        {
            new Thread(Help) { IsBackground = true, Name = "tensor helper" }.Start();
        }

        lock (_gate)
        {
            _run = run;
            _work = work;
            _count = count;
            _parts = parts;
            _nextPart = 0;
            _seats = helpers;
            _open = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets nobody in any more and waits for those who still work; their writes are visible then.</summary>
    private static ExceptionDispatchInfo? Close()
    {
        lock (_gate)
        {
            _open = false;
            while (_active > 0)
            {
                Monitor.Wait(_gate);
            }

            var failure = _failure;
            _failure = null;
            return failure;
        }
    }

    private static void Help()
    {
        while (true)
        {
            LookOut();
            lock (_gate)
            {
                while (!_open || _seats == 0)
                {
                    Monitor.Wait(_gate);
                }

                _seats--;
                _active++;
            }

            RunParts();
            lock (_gate)
            {
                _active--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private static void LookOut()
    {
        var start = Stopwatch.GetTimestamp();
        while (!_open && Stopwatch.GetTimestamp() - start < _patience)
        {
            Thread.SpinWait(20);
        }
    }

    private static void RunParts()
    {
        try
        {
            long part;
            while ((part = Interlocked.Increment(ref _nextPart) - 1) < _parts)
            {
                _run(_work, _count * part / _parts, _count * (part + 1) / _parts);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref _nextPart, _parts);
        }
    }
}
