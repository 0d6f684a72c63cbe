using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FedActors.Models.Tensors;

/// <summary>
/// What libtorch and the C library must be told before the first tensor is made, so that whoever uses this assembly gets
/// the same bits every time, and memory that need not be fetched anew. What the environment says already is left alone.
/// </summary>
internal static class NativeSettings
{
    // Parameters of mallopt, and the most that glibc takes for the first.
    private const int MmapThreshold = -3;
    private const int TopPad = -2;
    private const int TrimThreshold = -1;
    private const int LargestMmapThreshold = 32 << 20;

    /// <summary>More than a heap of a thread (64 MiB) holds, so that none is given back while it is empty for a moment.</summary>
    private const int KeptHeap = 128 << 20;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Usage", "CA2255", Justification = "libtorch reads its environment once, and nobody can be asked to call this first.")]
    internal static void Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // MKL takes another path through a sum for another alignment of memory, and then rounds otherwise, unless it is
            // told not to. It has to be said in the native environment: .NET keeps its own.
            _ = SetVariable("MKL_CBWR", Avx2.IsSupported ? "AVX2,STRICT" : "COMPATIBLE", overwrite: 0);
            KeepMemory();
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library than glibc has no mallopt; its memory is as it manages it.
        }
    }

    /// <summary>A tensor comes and goes with every operation, and glibc gives large blocks back to the system each time.</summary>
    private static void KeepMemory()
    {
        _ = SetAllocator(MmapThreshold, LargestMmapThreshold);
        _ = SetAllocator(TrimThreshold, int.MaxValue);
        _ = SetAllocator(TopPad, KeptHeap);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetAllocator(int parameter, int value);
}
