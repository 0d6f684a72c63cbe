using System.Text.Json;
using FedActors.Models.Files;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>
/// Checkpoints in a folder: <c>checkpoint-N</c> for state N, and one file for each model version they refer to, written
/// once. The two newest checkpoints are kept, so that damage to one costs a little repetition and no more.
/// </summary>
internal sealed class CheckpointStore(string directory, Action<string> warn)
{
    private const int Kept = 2;

    private readonly NumberedFiles _files = new(directory, "checkpoint-");

    /// <summary>The versions that a checkpoint refers to, of those written or read by this process.</summary>
    private readonly Dictionary<long, IReadOnlyList<long>> _needed = [];

    private long _number;

    /// <summary>Number of the newest checkpoint; 0 where there is none.</summary>
    public long Newest => _number;

    /// <summary>Writes a checkpoint. What no kept one needs any more stays until the next <see cref="Prune"/>.</summary>
    /// <param name="checkpoint">The state.</param>
    /// <param name="resultsLength">Length in bytes of <c>rounds.jsonl</c> at this state.</param>
    public void Save(Checkpoint checkpoint, long resultsLength)
    {
        var vectors = new VectorTable();
        var head = CheckpointHead.Of(checkpoint, resultsLength, vectors);
        var text = JsonSerializer.SerializeToUtf8Bytes(head, ResultJson.Compact);

        // A disk forces two files as quickly as one.
        var versions = Task.Run(() => KeepVersions(checkpoint));
        try
        {
            using var file = DurableFile.Prepare(_files.PathOf(_number + 1), stream => VectorFile.Write(stream, text, vectors.Vectors));
            versions.GetAwaiter().GetResult();
            file.Publish();
        }
        finally
        {
            // Where one is refused, the other must not be at work any more.
            Task.WaitAny(versions);
        }

        _number++;
        _needed[_number] = [.. head.Versions];
    }

    private void KeepVersions(Checkpoint checkpoint)
    {
        foreach (var (version, parameters) in checkpoint.Versions)
        {
            Keep(version, () => parameters);
        }

        foreach (var version in checkpoint.Spilled)
        {
            Keep(version, () => ReadRecord(SpilledVersions.PathOf(directory, version)).Vectors[0]);
        }
    }

    private void Keep(long version, Func<ParameterVector> parameters)
    {
        if (!File.Exists(VersionPath(version)))
        {
            DurableFile.Write(VersionPath(version), stream => VectorFile.Write(stream, [], [parameters()]));
        }
    }

    /// <summary>Reads the newest checkpoint that is whole, and removes what came after it.</summary>
    /// <returns>The state and the length of <c>rounds.jsonl</c> at it, or null where there is none.</returns>
    /// <exception cref="InvalidDataException">There are checkpoints, but none is whole.</exception>
    public (Checkpoint Checkpoint, long ResultsLength)? Load()
    {
        var numbers = _files.Numbers.ToList();
        foreach (var number in numbers.OrderDescending())
        {
            try
            {
                var loaded = Load(number);
                _number = number;
                Prune();
                return loaded;
            }
            catch (Exception damage) when (damage is InvalidDataException or JsonException or FileNotFoundException)
            {
                warn($"Checkpoint {number} can't be used: {damage.Message}");
            }
        }

        if (numbers.Count > 0)
        {
            throw new InvalidDataException($"None of the {numbers.Count} checkpoints in {directory} is whole.");
        }

        Prune();
        return null;
    }

    private (Checkpoint Checkpoint, long ResultsLength) Load(long number)
    {
        var (text, vectors) = ReadRecord(_files.PathOf(number));
        var head = ReadHead(text);
        return (head.ToCheckpoint(vectors, version => ReadRecord(VersionPath(version)).Vectors[0]), head.ResultsLength);
    }

    private static CheckpointHead ReadHead(byte[] text) =>
        JsonSerializer.Deserialize<CheckpointHead>(text, ResultJson.Compact)
        ?? throw new InvalidDataException("The checkpoint is empty.");

    /// <summary>
    /// Removes all but the newest checkpoints and their versions. A file that a process left before it could refer to
    /// it goes too: its name may soon stand for other content.
    /// </summary>
    public void Prune()
    {
        var kept = _files.Numbers.Where(number => number <= _number).OrderDescending().Take(Kept).ToHashSet();
        foreach (var number in _files.Numbers.Where(number => !kept.Contains(number)).ToList())
        {
            DurableFile.TryDelete(_files.PathOf(number), warn);
            _needed.Remove(number);
        }

        var needed = new HashSet<string>(kept.SelectMany(NeededVersions).Select(VersionPath));
        foreach (var path in Directory.EnumerateFiles(directory, "version-*").Where(path => !needed.Contains(path)))
        {
            DurableFile.TryDelete(path, warn);
        }
    }

    private IReadOnlyList<long> NeededVersions(long number)
    {
        if (!_needed.TryGetValue(number, out var versions))
        {
            try
            {
                versions = [.. ReadHead(ReadRecord(_files.PathOf(number)).Text).Versions];
            }
            catch (InvalidDataException)
            {
                versions = [];
            }

            _needed.Add(number, versions);
        }

        return versions;
    }

    private static (byte[] Text, ParameterVector[] Vectors) ReadRecord(string path)
    {
        using var stream = File.OpenRead(path);
        return VectorFile.Read(stream);
    }

    private string VersionPath(long version) => Path.Combine(directory, $"version-{version:D8}");
}
