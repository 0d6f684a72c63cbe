using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Host.Errors;
using FedActors.Models.Files;

namespace FedActors.Host.Runs;

/// <summary>
/// The folder of a run, held by one process at a time. A lock file that the operating system frees when its process
/// ends, however it ends, keeps others out.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    /// <summary>The file with the settings of a run.</summary>
    public const string SettingsFile = "config.conf";
    private const string LockFile = "run.lock";

    // Any of these makes a folder that of a run.
    private static readonly string[] Traces = [SettingsFile, LockFile, "rounds.jsonl", "summary.json", "model.safetensors", "journal"];

    private readonly RunLease _lock;

    private RunDirectory(string path, RunLease held, string? movedTo)
    {
        Path = path;
        _lock = held;
        MovedTo = movedTo;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where an older run that was here has been moved to, or null.</summary>
    public string? MovedTo { get; }

    /// <summary>Where a run's results go if nothing else is asked for.</summary>
    public static string Standard(FederationSettings settings) => System.IO.Path.Combine(StandardGroup(settings), NameOf(settings));

    /// <summary>Where runs that differ in policy and seed only stand side by side.</summary>
    public static string StandardGroup(FederationSettings settings) => System.IO.Path.Combine("runs", settings.Name);

    /// <summary>The name of a run's folder among those that differ in policy and seed only.</summary>
    public static string NameOf(FederationSettings settings) => $"{settings.Staleness.Policy.Name}-seed{settings.Seed}";

    /// <summary>Whether a folder holds a run of exactly these settings, finished or not.</summary>
    public static bool HasRunOf(string path, string settings)
    {
        var file = System.IO.Path.Combine(path, SettingsFile);
        return File.Exists(file) && File.ReadAllText(file) == settings;
    }

    /// <summary>Makes the folder of a new run; an older run in its place is moved aside.</summary>
    /// <exception cref="UsageException">Another process works there, or the folder holds something that is no run.</exception>
    public static RunDirectory Create(string path)
    {
        var movedTo = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() ? MoveAside(path) : null;
        Directory.CreateDirectory(path);
        return new RunDirectory(path, Hold(path), movedTo);
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <exception cref="UsageException">There is no run, or another process works there.</exception>
    public static RunDirectory Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new UsageException(
                $"{path} does not exist. `{CommandName.Current} resume` takes the folder of a run, "
                + $"such as {System.IO.Path.Combine("runs", "demo", "exponential-seed1")}.");
        }

        if (!File.Exists(System.IO.Path.Combine(path, SettingsFile)))
        {
            throw new UsageException($"{path} holds no run: there is no {SettingsFile} in it.");
        }

        return new RunDirectory(path, Hold(path), movedTo: null);
    }

    /// <summary>The file with the run's settings.</summary>
    public string Settings => System.IO.Path.Combine(Path, SettingsFile);

    /// <summary>Notes the settings, from which the run can be resumed or repeated.</summary>
    public void WriteSettings(string settings) => DurableFile.Write(Settings, settings);

    /// <summary>Lets others in.</summary>
    public void Dispose() => _lock.Dispose();

    private static string MoveAside(string path)
    {
        if (!Array.Exists(Traces, trace => System.IO.Path.Exists(System.IO.Path.Combine(path, trace))))
        {
            throw new UsageException($"{path} is not empty, and what it holds is no run. Name another folder with --out.");
        }

        Hold(path).Dispose();
        var number = 1;
        while (System.IO.Path.Exists($"{path}~{number}"))
        {
            number++;
        }

        var target = $"{path}~{number}";
        Directory.Move(path, target);
        return target;
    }

    private static RunLease Hold(string path) =>
        RunLease.TryTake(path) ?? throw new UsageException(
            $"another process is working on the run in {path}. Wait for it, or name another folder with --out.");
}
