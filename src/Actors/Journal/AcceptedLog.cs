using System.Collections.Immutable;
using System.Text.Json;
using FedActors.Actors.Aggregator;
using FedActors.Models.Files;

namespace FedActors.Actors.Journal;

/// <summary>
/// The updates accepted since a checkpoint, one record after another in <c>accepted-N</c>. A record that was being
/// written when the process died is cut off: its client was never answered and reports again.
/// </summary>
/// <remarks>
/// A log is written over the one before: to give the blocks of a large file back, and to find as many new ones, takes a disk
/// as long as all that is written to them. What is left of the older log counts as torn, since the number of the checkpoint
/// is the seed of a record's hash.
/// </remarks>
internal sealed class AcceptedLog(string directory, Action<string> warn) : IDisposable
{
    private FileStream? _stream;
    private long _checkpoint;

    /// <summary>Begins the log of a checkpoint, or goes on with it, and removes all others.</summary>
    public void Begin(long checkpoint)
    {
        _stream?.Dispose();
        _stream = null;
        _checkpoint = checkpoint;
        var path = LogPath(checkpoint);
        var others = new Queue<string>(Directory.EnumerateFiles(directory, "accepted-*").Where(file => file != path));
        var isNew = !File.Exists(path);
        if (isNew && others.TryDequeue(out var replaced))
        {
            File.Move(replaced, path);
        }

        foreach (var other in others)
        {
            DurableFile.TryDelete(other, warn);
        }

        // Unbuffered, so that a refused write can't come back when the stream is closed.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _stream.Seek(0, isNew ? SeekOrigin.Begin : SeekOrigin.End);
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
                var (text, vectors) = VectorFile.Read(stream, checkpoint);
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

    /// <summary>Appends an update. It is safe from the next <see cref="ForceAsync"/> on.</summary>
    public void Append(AcceptedUpdate update)
    {
        var stream = _stream ?? throw NotBegun();
        var start = stream.Position;
        try
        {
            var entry = new Entry(update.Assignment, update.Samples, update.Loss, update.Seconds, update.Restarts);
            VectorFile.Write(stream, JsonSerializer.SerializeToUtf8Bytes(entry, ResultJson.Compact), [update.Update], _checkpoint);
        }
        catch (IOException)
        {
            DurableFile.TryCut(stream, start);
            throw;
        }
    }

    /// <summary>Forces to disk what was appended. It is not for the caller to wait: more may be appended meanwhile.</summary>
    public Task ForceAsync()
    {
        var file = (_stream ?? throw NotBegun()).SafeFileHandle;
        return Task.Run(() => RandomAccess.FlushToDisk(file));
    }

    public void Dispose() => _stream?.Dispose();

    private static InvalidOperationException NotBegun() => new("The log has not begun.");

    private string LogPath(long checkpoint) => Path.Combine(directory, $"accepted-{checkpoint:D8}");

    private sealed record Entry(Assignment Assignment, int Samples, double Loss, double Seconds, int Restarts);
}
