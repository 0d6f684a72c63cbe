using System.Runtime.CompilerServices;

namespace TorchSharp.Threading;

/// <summary>
/// Spreads the items of one operation over threads, where <c>torch.set_num_threads</c> allows more than one and the work is worth it. Work
/// is a struct that is passed by its address, so that nothing is allocated.
/// </summary>
internal static unsafe class ParallelLoop
{
    /// <summary>
    /// Cost that pays for a helper, in multiply-adds of a kernel at full speed: some ten microseconds, several times what it takes to wake
    /// a thread.
    /// </summary>
    private const long SmallestShare = 1 << 20;

    /// <summary>Parts for each thread: with more than one, a thread that is held up delays the others less.</summary>
    private const int PartsPerThread = 2;

    /// <summary>What an element costs that just passes through memory, in the same unit.</summary>
    public const int ElementCost = 16;

    /// <summary>Elements of a flat array that stay together, so that parts start where cache lines do.</summary>
    private const int LineLength = 1024;

    private static volatile int _threads = 1;

    /// <summary>Most threads that one operation uses, its caller's included.</summary>
    public static int Threads
    {
        get => _threads;
        set => _threads = value;
    }

    /// <summary>
    /// Runs work on items 0 to <paramref name="count"/> − 1, each of which costs about so many multiply-adds. Work that prepares the same
    /// for each part asks for fewer of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(TWork work, long count, long itemCost, int partsPerThread = PartsPerThread)
        where TWork : unmanaged, IParallelWork
    {
        if (_threads == 1)
        {
            work.Run(0, count);
        }
        else
        {
            Spread(work, count, itemCost, partsPerThread);
        }
    }

    /// <summary>Runs work on the elements of flat arrays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunElements<TWork>(TWork work, long count)
        where TWork : unmanaged, IParallelWork
    {
        if (_threads == 1)
        {
            work.Run(0, count);
        }
        else
        {
            Spread(new Lines<TWork>(work, count), (count + LineLength - 1) / LineLength, LineLength * ElementCost, PartsPerThread);
        }
    }

    private static void Spread<TWork>(TWork work, long count, long itemCost, int partsPerThread)
        where TWork : unmanaged, IParallelWork
    {
        var threads = _threads;
        var worthwhile = Math.Min(count, count * itemCost / SmallestShare);
        var parts = Math.Min(worthwhile, threads * partsPerThread);
        if (parts < 2 || !ThreadCrew.TryRun(&RunPart<TWork>, &work, count, parts, threads - 1))
        {
            work.Run(0, count);
        }
    }

    private static void RunPart<TWork>(void* work, long start, long end)
        where TWork : unmanaged, IParallelWork
        => ((TWork*)work)->Run(start, end);

    private readonly struct Lines<TWork>(TWork work, long count) : IParallelWork
        where TWork : unmanaged, IParallelWork
    {
        public void Run(long start, long end) => work.Run(start * LineLength, Math.Min(end * LineLength, count));
    }
}
