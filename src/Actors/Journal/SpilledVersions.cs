using FedActors.Models.Files;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>
/// Versions of the model that the memory has no room for, one file each. They belong to a process, not to a checkpoint:
/// what an earlier process left is removed.
/// </summary>
public sealed class SpilledVersions
{
    private readonly string _journal;

    /// <summary>Prepares the folder, empty.</summary>
    /// <param name="runDirectory">Folder of the run.</param>
    /// <exception cref="IOException">The folder can't be made or emptied.</exception>
    public SpilledVersions(string runDirectory)
    {
        _journal = RunStore.JournalFolder(runDirectory);
        if (Directory.Exists(FolderIn(_journal)))
        {
            Directory.Delete(FolderIn(_journal), recursive: true);
        }
    }

    /// <summary>Writes a version.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(long version, ParameterVector parameters)
    {
        Directory.CreateDirectory(FolderIn(_journal));
        DurableFile.Write(PathOf(_journal, version), stream => VectorFile.Write(stream, [], [parameters]));
    }

    /// <summary>Reads a version that was written.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="InvalidDataException">The file is not what was written.</exception>
    public ParameterVector Read(long version)
    {
        using var stream = File.OpenRead(PathOf(_journal, version));
        return VectorFile.Read(stream).Vectors[0];
    }

    /// <summary>Removes a version.</summary>
    public void Delete(long version) => DurableFile.TryDelete(PathOf(_journal, version), static _ => { });

    /// <summary>Where a version lies.</summary>
    internal static string PathOf(string journal, long version) => Path.Combine(FolderIn(journal), $"version-{version:D8}");

    private static string FolderIn(string journal) => Path.Combine(journal, "spilled");
}
