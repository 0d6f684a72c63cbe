using System.Collections.Immutable;
using System.Text.Json;
using FedActors.Actors.Aggregator;
using FedActors.Models.Files;

namespace FedActors.Actors.Journal;

/// <summary>
/// The updates accepted since a checkpoint, one record after another in <c>accepted-N</c>. A record that was being
/// written when the process died is cut off: its client was never answered and reports again.
/// </summary>
internal sealed class AcceptedLog(string directory, Action<string> warn) : IDisposable
{
    private FileStream? _stream;

    /// <summary>Begins the log of a checkpoint and removes older ones.</summary>
    public void Begin(long checkpoint)
    {
        _stream?.Dispose();
        _stream = null;
        var path = LogPath(checkpoint);
        foreach (var older in Directory.EnumerateFiles(directory, "accepted-*").Where(file => file != path))
        {
            DurableFile.TryDelete(older, warn);
        }

        // Unbuffered, so that a refused write can't come back when the stream is closed.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Reads the log of a checkpoint and cuts off what is not whole.</summary>
    public ImmutableArray<AcceptedUpdate> Read(long checkpoint)
    {
        var path = LogPath(checkpoint);
        if (!File.Exists(path))
        {
            return [];
        }

        _stream?.Dispose();
        _stream = null;
        var updates = ImmutableArray.CreateBuilder<AcceptedUpdate>();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        while (stream.Position < stream.Length)
        {
            var start = stream.Position;
            try
            {
                var (text, vectors) = VectorFile.Read(stream);
                var entry = JsonSerializer.Deserialize<Entry>(text, ResultJson.Compact)!;
                updates.Add(new AcceptedUpdate(
                    entry.Assignment, entry.Samples, entry.Loss, entry.Seconds, entry.Restarts, vectors[0]));
            }
            catch (InvalidDataException)
            {
                stream.SetLength(start);
            }
        }

        return updates.ToImmutable();
    }

    /// <summary>Appends an update. It is safe from the next <see cref="Flush"/> on.</summary>
    public void Append(AcceptedUpdate update)
    {
        var stream = _stream ?? throw new InvalidOperationException("The log has not begun.");
        var start = stream.Position;
        try
        {
            var entry = new Entry(update.Assignment, update.Samples, update.Loss, update.Seconds, update.Restarts);
            VectorFile.Write(stream, JsonSerializer.SerializeToUtf8Bytes(entry, ResultJson.Compact), [update.Update]);
        }
        catch (IOException)
        {
            DurableFile.TryCut(stream, start);
            throw;
        }
    }

    /// <summary>Forces to disk what was appended.</summary>
    public void Flush() => _stream?.Flush(flushToDisk: true);

    public void Dispose() => _stream?.Dispose();

    private string LogPath(long checkpoint) => Path.Combine(directory, $"accepted-{checkpoint:D8}");

    private sealed record Entry(Assignment Assignment, int Samples, double Loss, double Seconds, int Restarts);
}
