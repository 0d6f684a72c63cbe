namespace Akka.Util.Internal;

/// <summary>A counter that threads share without a lock.</summary>
public class AtomicCounter(int initialValue)
{
    private int _value = initialValue;

    public AtomicCounter()
        : this(-1)
    {
    }

    public int Current => Volatile.Read(ref _value);

    public int Next() => Interlocked.Increment(ref _value);

    public int IncrementAndGet() => Interlocked.Increment(ref _value);

    public int GetAndIncrement() => Interlocked.Increment(ref _value) - 1;

    public int DecrementAndGet() => Interlocked.Decrement(ref _value);

    public int AddAndGet(int amount) => Interlocked.Add(ref _value, amount);

    public int GetAndSet(int value) => Interlocked.Exchange(ref _value, value);

    public void Reset() => Interlocked.Exchange(ref _value, 0);
}
