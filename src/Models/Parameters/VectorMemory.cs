using System.Runtime.InteropServices;

namespace FedActors.Models.Parameters;

/// <summary>
/// The arrays that vectors are held in. Short ones are arrays like any other; long ones get two helps, without which
/// most of the time of moving a vector of 44 MB can go into its memory:
/// <list type="bullet">
/// <item>Linux hands fresh memory out by pages of 4 KiB, each at the cost of a fault. Long arrays ask for large pages
/// (2 MiB), where the kernel's setting (<c>transparent_hugepage</c>) lets programs ask.</item>
/// <item>The collector lets garbage grow with what is alive, and gives memory back only to fetch it anew. Where long arrays
/// come and go, it is called in time, and the next ones are those that it finds; see <see cref="RecycledArrays"/>.</item>
/// </list>
/// </summary>
internal static class VectorMemory
{
    /// <summary>Below this many bytes an array might hold no whole large page.</summary>
    private const int LeastBytes = 4 << 20;

    /// <summary>Bytes of long arrays that are asked for before the collector is called to find more.</summary>
    private const long LeastGarbage = 64 << 20;

    private const int PageBytes = 4096;

    /// <summary>The kernel's <c>MADV_HUGEPAGE</c>.</summary>
    private const int LargePages = 14;

    private static readonly RecycledArrays _recycled = new();
    private static bool _asks = OperatingSystem.IsLinux();
    private static long _allocated;
    private static int _collections;

    /// <summary>The bytes of an array for some numbers, to be filled by whoever asked for it: it holds anything.</summary>
    /// <param name="length">How many numbers.</param>
    /// <exception cref="OverflowException">They are more than an array can hold.</exception>
    public static byte[] Allocate(int length)
    {
        var bytes = checked(length * sizeof(float));
        if (bytes < LeastBytes)
        {
            return GC.AllocateUninitializedArray<byte>(bytes);
        }

        if (Recycle(bytes) is { } recycled)
        {
            return recycled;
        }

        var values = GC.AllocateUninitializedArray<byte>(bytes);
        _recycled.Register(values);
        if (_asks)
        {
            AskForLargePages(values);
        }

        return values;
    }

    /// <summary>An array of zeros.</summary>
    public static byte[] AllocateZeros(int length)
    {
        var values = Allocate(length);
        Array.Clear(values);
        return values;
    }

    /// <summary>The numbers that an array holds, to be written.</summary>
    public static Span<float> Numbers(byte[] values) => MemoryMarshal.Cast<byte, float>(values.AsSpan());

    /// <summary>An array that is garbage, or null where there is none, or looking for it is not worth it yet.</summary>
    private static byte[]? Recycle(int bytes)
    {
        const int Oldest = 2;
        var found = _recycled.Take(bytes);
        if (GC.CollectionCount(Oldest) is var collections && Interlocked.Exchange(ref _collections, collections) != collections)
        {
            Interlocked.Exchange(ref _allocated, 0);
        }

        if (Interlocked.Add(ref _allocated, bytes) <= LeastGarbage || found is not null)
        {
            return found;
        }

        // Others that ask meanwhile need not call it too.
        Interlocked.Exchange(ref _allocated, 0);
        _recycled.Clear();
        GC.Collect(Oldest, GCCollectionMode.Forced, blocking: true, compacting: false);
        GC.WaitForPendingFinalizers();
        return _recycled.Take(bytes);
    }

    private static void AskForLargePages(byte[] values)
    {
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        try
        {
            var first = pin.AddrOfPinnedObject();
            var start = (first + PageBytes - 1) & ~(nint)(PageBytes - 1);
            var end = (first + values.Length) & ~(nint)(PageBytes - 1);

            // It is advice: a kernel that does not take it gives small pages.
            _ = Advise(start, (nuint)(end - start), LargePages);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            _asks = false;
        }
        finally
        {
            pin.Free();
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint start, nuint length, int advice);
}
