using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace FedActors.Models.Tensors;

/// <summary>
/// Loads the native libraries of TorchSharp before it does so itself: where that fails, TorchSharp copies half a gigabyte
/// from one place to another and ends with a text about packages that are there.
/// </summary>
public static partial class TorchLibrary
{
    /// <summary>In the order in which they need each other.</summary>
    private static readonly string[] Names = ["torch_cpu", "LibTorchSharp"];

    private static volatile bool _loaded;

    /// <summary>Loads them, unless they are loaded.</summary>
    /// <exception cref="TorchUnavailableException">One can't be loaded.</exception>
    public static void Load()
    {
        if (_loaded)
        {
            return;
        }

        foreach (var name in Names)
        {
            Load(name);
        }

        _loaded = true;
    }

    /// <summary>Loads one native library of TorchSharp.</summary>
    /// <exception cref="TorchUnavailableException">It can't be loaded.</exception>
    internal static void Load(string name)
    {
        try
        {
            NativeLibrary.Load(name, typeof(torch).Assembly, searchPath: null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchUnavailableException(Explain(name, exception.Message), exception);
        }
    }

    /// <summary>Whether a native library is beside the program, be it of use or not.</summary>
    internal static bool IsThere(string name)
    {
        var folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Any(folder => File.Exists(Path.Combine(folder, $"lib{name}.so")) || File.Exists(Path.Combine(folder, $"{name}.dll")));
    }

    /// <summary>Says what to do about an error of the system's loader.</summary>
    /// <param name="name">The library, without what its file name begins and ends with.</param>
    /// <param name="error">The loader's words, a line for each place where it looked.</param>
    internal static string Explain(string name, string error)
    {
        const string Help = "docs/packages.md, under \"Native loading\", tells more.";
        var begin = $"The native library {name} of TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)} can't be loaded: ";
        if (OldLibrary().Match(error) is { Success: true } old)
        {
            var (found, version) = (old.Groups["found"].Value, old.Groups["version"].Value);
            return begin + $"it needs {version}, which {found} of this system lacks.\n"
                + (version.StartsWith("GLIBCXX_", StringComparison.Ordinal)
                    ? "Build on this machine, in a project that imports build/NativeLibraries.targets as FedActors' own do, or install "
                        + "the libstdc++ of GCC 13 or a newer one. "
                    : "A newer release of this system is needed. ") + Help;
        }

        if (MissingFiles().Matches(error).Select(match => match.Groups["file"].Value).FirstOrDefault(IsOthers) is { } missing)
        {
            return begin + $"it needs {missing}, which this system lacks.\nInstall the package that holds it. " + Help;
        }

        if (Unreadable().Match(error) is { Success: true } unreadable)
        {
            return begin + $"{unreadable.Groups["what"].Value}.\n{Help}";
        }

        return begin + "it isn't beside the program.\n"
            + (Platform() is { } platform
                ? $"Build again on this machine, or publish with `-r {platform}`. "
                : $"There is none for {RuntimeInformation.RuntimeIdentifier}. ")
            + Help;

        // The loader looks for the library itself in many places, and doesn't find it in most.
        bool IsOthers(string file) => !Path.GetFileName(file).Contains(name, StringComparison.Ordinal);
    }

    /// <summary>The platform that libtorch has a package for, as .NET names it.</summary>
    private static string? Platform() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => "linux-x64",
        Architecture.X64 when OperatingSystem.IsWindows() => "win-x64",
        Architecture.Arm64 when OperatingSystem.IsMacOS() => "osx-arm64",
        _ => null,
    };

    [GeneratedRegex(@"(?<found>[^\s:]+): version [`'](?<version>[A-Z]+_[0-9.]+)' not found")]
    private static partial Regex OldLibrary();

    [GeneratedRegex(@"(?<file>[^\s:]+): cannot open shared object file")]
    private static partial Regex MissingFiles();

    [GeneratedRegex(
        @"(?<what>[^\s:]+: (undefined symbol|invalid ELF header|file too short|wrong ELF class|failed to map|cannot allocate)[^\n]*)")]
    private static partial Regex Unreadable();
}
