using FedActors.Host.Settings;

namespace FedActors.Host.Data;

/// <summary>
/// Fetches the files of a data set. A file appears under its name only when it is complete and its content is the
/// published one, so that a broken connection leaves nothing that looks right.
/// </summary>
internal sealed class DataDownload
{
    private const string Unfinished = ".part";
    private const int BufferBytes = 1 << 16;
    private const int AttemptsPerMirror = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly DownloadSettings _settings;
    private readonly TimeProvider _time;

    /// <summary>A download.</summary>
    /// <param name="client">Sends the requests; has no time-out of its own.</param>
    /// <param name="settings">What to fetch, and from where.</param>
    /// <param name="time">Measures the pauses between attempts, and the patience with a silent server.</param>
    public DataDownload(HttpClient client, DownloadSettings settings, TimeProvider time)
    {
        _client = client;
        _settings = settings;
        _time = time;
    }

    /// <summary>Fetches one file, unless it is there already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Where it goes; must exist.</param>
    /// <param name="progress">Gets the bytes so far, and of how many if the server says so.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was fetched; false if it was there.</returns>
    /// <exception cref="DownloadException">No mirror gave the file.</exception>
    public async Task<bool> FetchAsync(
        DownloadFile file, string folder, IProgress<(long Bytes, long? Total)>? progress, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, file.Name + FileHash.Compressed);
        if (File.Exists(target) && await HashOrNullAsync(target, cancellation) == file.Sha256)
        {
            return false;
        }

        var failures = new List<string>();
        foreach (var mirror in _settings.Mirrors)
        {
            var address = new Uri(mirror, file.Name + FileHash.Compressed);
            for (var attempt = 1; attempt <= AttemptsPerMirror; attempt++)
            {
                var failure = await TryFetchAsync(address, file, target, progress, cancellation);
                if (failure is null)
                {
                    return true;
                }

                failures.Add($"{address}: {failure}");
                await Task.Delay(Pause, _time, cancellation);
            }
        }

        throw new DownloadException(Advice(file, folder, failures));
    }

    private async Task<string?> TryFetchAsync(
        Uri address, DownloadFile file, string target, IProgress<(long Bytes, long? Total)>? progress, CancellationToken cancellation)
    {
        var part = target + Unfinished;
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await CopyAsync(address, part, progress, patience, either.Token);
            if (await FileHash.OfArchiveAsync(part, cancellation) is var found && found != file.Sha256)
            {
                return $"its content has the SHA-256 {found}, but should have {file.Sha256}";
            }

            File.Move(part, target, overwrite: true);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"nothing came for {Patience.TotalSeconds:0} seconds";
        }
        catch (InvalidDataException)
        {
            return "it is not a complete gzip archive";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (HttpIOException exception)
        {
            return exception.Message;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task CopyAsync(
        Uri address,
        string part,
        IProgress<(long Bytes, long? Total)>? progress,
        CancellationTokenSource patience,
        CancellationToken cancellation)
    {
        using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        await using var source = await response.Content.ReadAsStreamAsync(cancellation);
        await using var file = File.Create(part);
        var buffer = new byte[BufferBytes];
        var bytes = 0L;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            bytes += read;
            progress?.Report((bytes, total));
            patience.CancelAfter(Patience);
        }
    }

    private static async Task<string?> HashOrNullAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await FileHash.OfContentAsync(path, cancellation);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string Advice(DownloadFile file, string folder, List<string> failures) =>
        $"""
        {file.Name}{FileHash.Compressed} could not be fetched:
        {string.Join('\n', failures.Distinct().Select(failure => $"  - {failure}"))}
        Without network, get these files elsewhere and put them into {folder}:
        {string.Join('\n', _settings.Files.Select(each => $"  - {new Uri(_settings.Mirrors[0], each.Name + FileHash.Compressed)}"))}
        Then set {DataLocation.Variable} to {Path.GetDirectoryName(folder)}, or data.path in the settings.
        Other mirrors can be set under fedactors.downloads.{_settings.Set}.mirrors.
        """;
}
