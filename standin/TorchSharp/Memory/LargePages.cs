using System.Runtime.InteropServices;

namespace TorchSharp.Memory;

/// <summary>
/// Asks Linux for pages of 2 MiB instead of 4 KiB, where its setting (<c>transparent_hugepage</c>) lets programs ask. Activations of a few
/// megabytes are read plane by plane, many planes at a time, which with small pages takes a look into the tables of pages for each.
/// </summary>
internal static class LargePages
{
    /// <summary>Size and alignment of a large page.</summary>
    public const int Size = 2 << 20;

    /// <summary>The kernel's <c>MADV_HUGEPAGE</c>.</summary>
    private const int Advice = 14;

    private static bool _asks = OperatingSystem.IsLinux();

    /// <summary>Asks for the whole large pages of a block that starts with one. A kernel that does not take the advice gives small ones.</summary>
    public static void Ask(nint block, long bytes)
    {
        if (!_asks)
        {
            return;
        }

        try
        {
            _ = Advise(block, (nuint)(bytes / Size * Size), Advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            _asks = false;
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint start, nuint length, int advice);
}
