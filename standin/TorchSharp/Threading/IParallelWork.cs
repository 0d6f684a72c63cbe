namespace TorchSharp.Threading;

/// <summary>
/// Work on items that do not depend on each other: what becomes of an item must not depend on where a range starts or ends, so that results
/// have the same bits on any number of threads.
/// </summary>
internal interface IParallelWork
{
    /// <summary>Works on items <paramref name="start"/> to <paramref name="end"/> − 1.</summary>
    void Run(long start, long end);
}
