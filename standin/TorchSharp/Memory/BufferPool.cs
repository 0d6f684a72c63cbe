using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp.Memory;

/// <summary>
/// Reusable native memory for tensors. Sizes are rounded up to four classes a doubling, so that at most a quarter is wasted; a free block
/// holds the link to the next one, so that neither renting nor returning allocates. Small blocks are kept by the thread that returned them,
/// without any lock; large ones, and what a thread has too much of, go to lists shared by all threads; what these have too much of goes
/// back to the system. A block may be returned by another thread than the one that rented it.
/// </summary>
internal static unsafe class BufferPool
{
    /// <summary>Start of every block: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    /// <summary>Blocks above this size are shared at once: the lock costs little next to what is done with them.</summary>
    private const long LargestLocalBlock = 256 * 1024;

    /// <summary>What one thread keeps for itself.</summary>
    private const long LocalLimit = 8 * 1024 * 1024;

    /// <summary>What the shared lists keep.</summary>
    private const long SharedLimit = 384 * 1024 * 1024;

    private const int Classes = 4 * 58;

    private static readonly Lock _sharedLock = new();
    private static readonly FreeLists _shared = new();
    private static readonly List<WeakReference<LocalCache>> _caches = [];
    private static long _reserved;
    private static long _peak;

    [ThreadStatic]
    private static LocalCache? _local;

    /// <summary>Counts as of now; other threads' are approximate while they run.</summary>
    public static BufferPoolStatistics Statistics
    {
        get
        {
            lock (_sharedLock)
            {
                var pooled = _shared.Bytes;
                foreach (var reference in _caches)
                {
                    pooled += reference.TryGetTarget(out var cache) ? cache.Lists.Bytes : 0;
                }

                var reserved = Interlocked.Read(ref _reserved);
                return new BufferPoolStatistics(reserved - pooled, pooled, Interlocked.Read(ref _peak));
            }
        }
    }

    /// <summary>Returns aligned memory of at least <paramref name="byteCount"/> bytes, contents undefined.</summary>
    public static nint Rent(long byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        var (index, size) = ClassOf(byteCount);
        if (size <= LargestLocalBlock && Local().Lists.TryTake(index, size, out var block))
        {
            return block;
        }

        lock (_sharedLock)
        {
            if (_shared.TryTake(index, size, out block))
            {
                return block;
            }
        }

        return Reserve(size);
    }

    /// <summary>Gives memory back; <paramref name="byteCount"/> is the count that was rented. Any thread may do it.</summary>
    public static void Return(nint address, long byteCount)
    {
        var (index, size) = ClassOf(byteCount);
        if (size <= LargestLocalBlock)
        {
            var lists = Local().Lists;
            if (lists.Bytes + size <= LocalLimit)
            {
                lists.Put(index, size, address);
                return;
            }
        }

        lock (_sharedLock)
        {
            if (_shared.Bytes + size <= SharedLimit)
            {
                _shared.Put(index, size, address);
                return;
            }
        }

        Release(address, size);
    }

    /// <summary>Gives all memory that is free here or in the shared lists back to the system.</summary>
    public static void Trim()
    {
        Local().MoveToShared();
        lock (_sharedLock)
        {
            for (var index = 0; index < Classes; index++)
            {
                var size = SizeOf(index);
                while (_shared.TryTake(index, size, out var block))
                {
                    Release(block, size);
                }
            }
        }
    }

    private static LocalCache Local() => _local ?? AddLocal();

    private static LocalCache AddLocal()
    {
        var cache = new LocalCache();
        _local = cache;
        lock (_sharedLock)
        {
            _caches.RemoveAll(static reference => !reference.TryGetTarget(out _));
            _caches.Add(new WeakReference<LocalCache>(cache));
        }

        return cache;
    }

    private static nint Reserve(long size)
    {
        var block = (nint)NativeMemory.AlignedAlloc((nuint)size, (nuint)(size < LargePages.Size ? Alignment : LargePages.Size));
        if (size >= LargePages.Size)
        {
            LargePages.Ask(block, size);
        }

        var reserved = Interlocked.Add(ref _reserved, size);
        long peak;
        while (reserved > (peak = Interlocked.Read(ref _peak)) && Interlocked.CompareExchange(ref _peak, reserved, peak) != peak)
        {
            // Another thread raised the peak in between.
        }

        return block;
    }

    private static void Release(nint block, long size)
    {
        NativeMemory.AlignedFree((void*)block);
        Interlocked.Add(ref _reserved, -size);
    }

    private static (int Index, long Size) ClassOf(long byteCount)
    {
        var last = (ulong)Math.Max(byteCount, Alignment) - 1;
        var doubling = BitOperations.Log2(last);
        var quarter = (int)(last >> (doubling - 2)) & 3;
        return ((doubling - 5) * 4 + quarter, (long)(quarter + 5) << (doubling - 2));
    }

    private static long SizeOf(int index) => (long)(index % 4 + 5) << (index / 4 + 3);

    /// <summary>Free blocks by class. Only the byte count may be read without owning it.</summary>
    private sealed class FreeLists
    {
        private readonly nint[] _first = new nint[Classes];
        private long _bytes;

        public long Bytes => Volatile.Read(ref _bytes);

        public bool TryTake(int index, long size, out nint block)
        {
            block = _first[index];
            if (block == 0)
            {
                return false;
            }

            _first[index] = *(nint*)block;
            _bytes -= size;
            return true;
        }

        public void Put(int index, long size, nint block)
        {
            *(nint*)block = _first[index];
            _first[index] = block;
            _bytes += size;
        }
    }

    /// <summary>One thread's free blocks; the finalizer rescues them when the thread has ended.</summary>
    private sealed class LocalCache
    {
        ~LocalCache() => MoveToShared();

        public FreeLists Lists { get; } = new();

        public void MoveToShared()
        {
            lock (_sharedLock)
            {
                for (var index = 0; index < Classes; index++)
                {
                    var size = SizeOf(index);
                    while (Lists.TryTake(index, size, out var block))
                    {
                        _shared.Put(index, size, block);
                    }
                }
            }
        }
    }
}
