using System.Collections.Immutable;
using FedActors.Host.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Data;

/// <summary>What was found of one data set.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Data">The set, if it could be read.</param>
/// <param name="Files">Each of its published files that is there.</param>
/// <param name="Error">Why it could not be read, or null.</param>
internal sealed record SetFinding(string Set, DataSet? Data, ImmutableArray<FileFinding> Files, Exception? Error)
{
    /// <summary>Whether it can be read and no file differs from the published one.</summary>
    public bool IsSound => Error is null && Files.All(file => file.IsPublished);
}

/// <summary>What was found of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="IsPublished">Whether its content is the published one.</param>
internal sealed record FileFinding(string Path, long Bytes, bool IsPublished);

/// <summary>Reads whole data sets, and compares their files with the published ones.</summary>
internal sealed class DataCheck
{
    private readonly ImmutableArray<DownloadSettings> _published;

    public DataCheck(ImmutableArray<DownloadSettings> published)
    {
        _published = published;
    }

    /// <summary>Checks one set.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="directory">The folder with its files, or the folder that holds it under its name.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SetFinding> CheckAsync(string set, string directory, CancellationToken cancellation)
    {
        var files = await CheckFilesAsync(set, directory, cancellation);
        try
        {
            return new SetFinding(set, DataSetCatalogue.Load(set, directory), files, null);
        }
        catch (Exception exception) when (exception is DataUnavailableException or CorruptDataException)
        {
            return new SetFinding(set, null, files, exception);
        }
    }

    private async Task<ImmutableArray<FileFinding>> CheckFilesAsync(string set, string directory, CancellationToken cancellation)
    {
        var findings = ImmutableArray.CreateBuilder<FileFinding>();
        var inside = Path.Combine(directory, set);
        var folder = Directory.Exists(inside) ? inside : directory;
        foreach (var file in _published.Where(published => published.Set == set).SelectMany(published => published.Files))
        {
            var plain = Path.Combine(folder, file.Name);
            var path = File.Exists(plain) ? plain : plain + FileHash.Compressed;
            if (File.Exists(path))
            {
                findings.Add(new FileFinding(path, new FileInfo(path).Length, await IsPublishedAsync(path, file, cancellation)));
            }
        }

        return findings.ToImmutable();
    }

    private static async Task<bool> IsPublishedAsync(string path, DownloadFile file, CancellationToken cancellation)
    {
        try
        {
            return await FileHash.OfContentAsync(path, cancellation) == file.Sha256;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
