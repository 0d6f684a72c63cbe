using System.Collections.Immutable;
using FedActors.Actors.Federation;
using FedActors.Models.Files;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>A run's folder: results, checkpoints and the log of accepted updates. docs/journal.md says what is written when.</summary>
public sealed class RunStore : IDisposable
{
    private readonly string _directory;
    private readonly FederationPlan _plan;
    private readonly RunOptions _options;
    private readonly CheckpointStore _checkpoints;
    private readonly AcceptedLog _accepted;
    private ResultLines? _results;
    private bool _isForced = true;

    /// <summary>Prepares the folder. A fresh start removes the journal of an earlier run in it.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="options">Where it is.</param>
    /// <param name="warn">Told of damage that was got round.</param>
    /// <exception cref="IOException">The folder can't be made or written.</exception>
    public RunStore(FederationPlan plan, RunOptions options, Action<string> warn)
    {
        _directory = options.Directory;
        _plan = plan;
        _options = options;
        var journal = JournalFolder(_directory);
        if (!options.Resume && Directory.Exists(journal))
        {
            Directory.Delete(journal, recursive: true);
        }

        Directory.CreateDirectory(journal);
        _checkpoints = new CheckpointStore(journal, warn);
        _accepted = new AcceptedLog(journal, warn);
    }

    /// <summary>Whether the folder holds a finished run.</summary>
    public static bool IsFinished(string directory) => File.Exists(SummaryPath(directory));

    /// <summary>Whether the folder holds a run that was started and not finished.</summary>
    public static bool CanResume(string directory) => Directory.Exists(JournalFolder(directory)) && !IsFinished(directory);

    /// <summary>Reads where the run stands, and cuts off results of rounds that will be run again.</summary>
    /// <exception cref="InvalidDataException">The checkpoint belongs to a run with other settings.</exception>
    public (Checkpoint? Checkpoint, ImmutableArray<AcceptedUpdate> Accepted) Recover()
    {
        EnsureHeld();
        var loaded = _checkpoints.Load();
        if (loaded is { } found && found.Checkpoint.Fingerprint != _plan.Fingerprint)
        {
            throw new InvalidDataException(
                $"The checkpoint in {JournalFolder(_directory)} belongs to a run with other settings or other data, "
                + $"or to one that did not compute on {_plan.Device.Kind}. Only rounds, evaluation and journal may change before a run "
                + "is resumed.");
        }

        _results?.Dispose();
        _results = new ResultLines(Path.Combine(_directory, "rounds.jsonl"), loaded?.ResultsLength ?? 0);
        var accepted = _accepted.Read(_checkpoints.Newest);
        BeginLog(loaded?.Checkpoint);
        return (loaded?.Checkpoint, accepted);
    }

    /// <summary>Writes a checkpoint; what it does not know of the updates accepted before stays in the log.</summary>
    public void Save(Checkpoint checkpoint)
    {
        EnsureHeld();
        var results = Results();
        results.Flush();
        _checkpoints.Save(checkpoint, results.Length);
        BeginLog(checkpoint);
    }

    /// <summary>Removes what the kept checkpoints do not need any more.</summary>
    public void Tidy()
    {
        if (!IsFinished(_directory))
        {
            EnsureHeld();
            _checkpoints.Prune();
        }
    }

    /// <summary>Keeps an accepted update until the next checkpoint, from the next <see cref="ForceLogAsync"/> on.</summary>
    public void Log(AcceptedUpdate update)
    {
        if (_isForced)
        {
            EnsureHeld();
            _isForced = false;
        }

        _accepted.Append(update);
    }

    /// <summary>Forces the updates logged so far to disk. More may be logged meanwhile.</summary>
    public Task ForceLogAsync()
    {
        EnsureHeld();
        _isForced = true;
        return _accepted.ForceAsync();
    }

    /// <summary>Appends a line to <c>rounds.jsonl</c>.</summary>
    public void Append(RoundRecord record)
    {
        EnsureHeld();
        Results().Append(record);
    }

    /// <summary>Writes model and summary, and removes the journal, which nobody needs any more.</summary>
    public void Finish(ParameterVector parameters, RunSummary summary)
    {
        EnsureHeld();
        Results().Flush();
        Safetensors.Write(
            Path.Combine(_directory, "model.safetensors"),
            _plan.Network.Layout,
            parameters,
            new Dictionary<string, string> { ["network"] = summary.Network, ["dataset"] = summary.Dataset });
        DurableFile.Write(
            SummaryPath(_directory), stream => stream.Write(SummaryFile.Encode(summary, _options.Packages)));
        _accepted.Dispose();
        Directory.Delete(JournalFolder(_directory), recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _results?.Dispose();
        _accepted.Dispose();
    }

    private static string SummaryPath(string directory) => Path.Combine(directory, "summary.json");

    internal static string JournalFolder(string directory) => Path.Combine(directory, "journal");

    private void BeginLog(Checkpoint? checkpoint) =>
        _accepted.Begin(_checkpoints.Newest, checkpoint?.Open.Select(assignment => assignment.Id) ?? []);

    private void EnsureHeld() => _options.Lease?.EnsureHeld();

    private ResultLines Results() => _results ?? throw new InvalidOperationException("Recover comes first.");
}
