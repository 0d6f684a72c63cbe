namespace TorchSharp.Tensors;

/// <summary>
/// Reference counting for what holds native memory: a buffer must go back to the pool at the moment
/// its last user lets go, which garbage collection cannot promise.
/// </summary>
internal abstract class Counted
{
    private int _references = 1;

    /// <summary>Whether exactly one owner is left, so that the owner may overwrite it.</summary>
    public bool IsUnique => Volatile.Read(ref _references) == 1;

    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Takes a reference unless the last one is already gone.</summary>
    public bool TryRetain()
    {
        var seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            var previous = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (previous == seen)
            {
                return true;
            }

            seen = previous;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            OnLastRelease();
        }
    }

    protected abstract void OnLastRelease();
}
