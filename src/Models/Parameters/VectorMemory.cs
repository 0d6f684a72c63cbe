using System.Runtime.InteropServices;

namespace FedActors.Models.Parameters;

/// <summary>
/// The arrays that vectors are held in. Short ones are arrays like any other; long ones get two helps, without which
/// most of the time of moving a vector of 44 MB can go into its memory:
/// <list type="bullet">
/// <item>Linux hands fresh memory out by pages of 4 KiB, each at the cost of a fault. Long arrays ask for large pages
/// (2 MiB), where the kernel's setting (<c>transparent_hugepage</c>) lets programs ask.</item>
/// <item>The collector lets garbage grow with what is alive, and then gives memory back only to fetch it anew. Where
/// long arrays come and go, it is called in time for the next to take their place.</item>
/// </list>
/// </summary>
internal static class VectorMemory
{
    /// <summary>Below this many bytes an array might hold no whole large page.</summary>
    private const int LeastBytes = 4 << 20;

    /// <summary>Bytes of long arrays after which the collector is called, or more where more is alive.</summary>
    private const long LeastGarbage = 128 << 20;

    private const int PageBytes = 4096;

    /// <summary>The kernel's <c>MADV_HUGEPAGE</c>.</summary>
    private const int LargePages = 14;

    private static readonly Lock _lock = new();
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

        CollectInTime(bytes);
        var values = GC.AllocateUninitializedArray<byte>(bytes);
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

    private static void CollectInTime(long bytes)
    {
        lock (_lock)
        {
            const int Oldest = 2;
            if (GC.CollectionCount(Oldest) is var collections && collections != _collections)
            {
                _collections = collections;
                _allocated = 0;
            }

            _allocated += bytes;
            if (_allocated > Math.Max(LeastGarbage, GC.GetTotalMemory(forceFullCollection: false) / 2))
            {
                GC.Collect(Oldest, GCCollectionMode.Forced, blocking: true, compacting: false);
            }
        }
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
