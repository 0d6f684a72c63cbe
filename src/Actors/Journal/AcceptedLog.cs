using System.Collections.Immutable;
using System.Text.Json;
using FedActors.Actors.Aggregator;
using FedActors.Models.Files;

namespace FedActors.Actors.Journal;

/// <summary>
/// The updates accepted since a checkpoint, one record after another in <c>accepted-N</c>. A record that was being
/// written when the process died is cut off: its client was never answered and reports again. An older log stays while it
/// holds an update that the checkpoint does not know of, because it was accepted while the checkpoint was made.
/// </summary>
/// <remarks>
/// A log is written over the one before: to give the blocks of a large file back, and to find as many new ones, takes a disk
/// as long as all that is written to them. What is left of the older log counts as torn, since the number of the checkpoint
/// is the seed of a record's hash.
/// </remarks>
internal sealed class AcceptedLog(string directory, Action<string> warn) : IDisposable
{
    private readonly NumberedFiles _files = new(directory, "accepted-");

    /// <summary>The assignments whose updates each log holds.</summary>
    private readonly Dictionary<long, HashSet<long>> _logs = [];
    private FileStream? _stream;
    private long _checkpoint;

    /// <summary>Begins the log of a checkpoint, or goes on with it, and removes those that nobody needs any more.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="open">The assignments that have no outcome in it.</param>
    public void Begin(long checkpoint, IEnumerable<long> open)
    {
        _stream?.Dispose();
        _stream = null;
        _checkpoint = checkpoint;
        var isNew = !File.Exists(_files.PathOf(checkpoint));
        var unneeded = new Queue<long>(Unneeded(checkpoint, open.ToHashSet()));
        if (isNew && unneeded.TryDequeue(out var replaced))
        {
            File.Move(_files.PathOf(replaced), _files.PathOf(checkpoint));
            _logs.Remove(replaced);
        }

        foreach (var number in unneeded)
        {
            DurableFile.TryDelete(_files.PathOf(number), warn);
            _logs.Remove(number);
        }

        // Unbuffered, so that a refused write can't come back when the stream is closed.
        _stream = new FileStream(_files.PathOf(checkpoint), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _stream.Seek(0, isNew ? SeekOrigin.Begin : SeekOrigin.End);
        _logs.TryAdd(checkpoint, []);
    }

    /// <summary>Reads the log of a checkpoint and those before it that are left, and cuts off what is not whole.</summary>
    /// <returns>The updates in the order they were accepted, with those that the checkpoint may know already.</returns>
    public ImmutableArray<AcceptedUpdate> Read(long checkpoint)
    {
        _stream?.Dispose();
        _stream = null;
        _logs.Clear();
        return [.. _files.Numbers.Where(number => number <= checkpoint).Order().SelectMany(ReadLog)];
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

        _logs[_checkpoint].Add(update.Assignment.Id);
    }

    /// <summary>Forces to disk what was appended. It is not for the caller to wait: more may be appended meanwhile.</summary>
    public Task ForceAsync()
    {
        var file = (_stream ?? throw NotBegun()).SafeFileHandle;
        return Task.Run(() => RandomAccess.FlushToDisk(file));
    }

    public void Dispose() => _stream?.Dispose();

    private List<AcceptedUpdate> ReadLog(long checkpoint)
    {
        var updates = new List<AcceptedUpdate>();
        using var stream = new FileStream(_files.PathOf(checkpoint), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
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

        _logs[checkpoint] = [.. updates.Select(update => update.Assignment.Id)];
        return updates;
    }

    private IEnumerable<long> Unneeded(long checkpoint, HashSet<long> open) => _files.Numbers.Where(number =>
        number != checkpoint && !(number < checkpoint && _logs.TryGetValue(number, out var held) && held.Overlaps(open)));

    private static InvalidOperationException NotBegun() => new("The log has not begun.");

    private sealed record Entry(Assignment Assignment, int Samples, double Loss, double Seconds, int Restarts);
}
