namespace Akka.Remote.Wire;

/// <summary>
/// How both sides of a connection abbreviate what is repeated: paths and manifests. The writer decides which text goes to which
/// slot, says so once, and from then on names the slot. A full slot is simply taken over, so there is nothing to clean up.
/// </summary>
internal static class Slots
{
    public const int Count = 1024;

    public const uint Nothing = 0;
    public const uint Literal = 1;
    public const uint Define = 2;
    public const uint First = 3;
}

/// <summary>The writer's side.</summary>
internal sealed class SlotWriter<T>
    where T : class
{
    private readonly T[] _slots = new T[Slots.Count];
    private int _pending = -1;
    private T _pendingValue;

    /// <summary>True if the other side knows it; otherwise <paramref name="slot"/> is where it may go.</summary>
    public bool TryFind(T value, out int slot)
    {
        slot = value.GetHashCode() & (Slots.Count - 1);
        var known = _slots[slot];
        return known is not null && (ReferenceEquals(known, value) || known.Equals(value));
    }

    public void Define(int slot, T value)
    {
        _pending = slot;
        _pendingValue = value;
    }

    /// <summary>The frame with the definition was written.</summary>
    public void Keep()
    {
        if (_pending >= 0)
        {
            _slots[_pending] = _pendingValue;
            Forget();
        }
    }

    /// <summary>The frame with the definition was not written after all.</summary>
    public void Forget()
    {
        _pending = -1;
        _pendingValue = null;
    }
}
