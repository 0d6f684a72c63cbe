using System.Runtime.CompilerServices;

namespace FedActors.Host.Tests.Support;

/// <summary>Files of the source tree that tests read.</summary>
internal static class Repository
{
    /// <summary>Every settings file of a run that is shipped. Those of hosts lie in a folder of their own.</summary>
    public static IEnumerable<string> SettingsFiles() =>
        Directory.EnumerateFiles(File("config"), "*.conf", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(File("config", "hosts"), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The path of a shipped file.</summary>
    public static string File(params string[] parts) => Path.Combine([Root(), .. parts]);

    // From where this file was compiled, since the build output may lie outside of the tree.
    private static string Root([CallerFilePath] string thisFile = "")
    {
        for (var folder = new FileInfo(thisFile).Directory; folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Directory.Packages.props above {thisFile}.");
    }
}
