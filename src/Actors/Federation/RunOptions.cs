using FedActors.Actors.Journal;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Federation;

/// <summary>Where and how a run is carried out. Nothing here changes its bits, but for <see cref="TaskThreads"/>.</summary>
public sealed record RunOptions
{
    /// <summary>Folder of the results and the journal; made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Threads for training and evaluation, at least 1.</summary>
    public required int Workers { get; init; }

    /// <summary>
    /// The threads themselves, where runs that go on side by side share them; they outlive the run. Null gives it
    /// <see cref="Workers"/> of its own.
    /// </summary>
    public WorkerPool? Pool { get; init; }

    /// <summary>
    /// Threads that one training or evaluation task may use, at least 1; more than one pays for few large tasks. It holds for
    /// the whole process.
    /// </summary>
    public int TaskThreads { get; init; } = 1;

    /// <summary>Whether to go on from the journal in the folder, where there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>What the summary says of the versions of <c>akka</c> and <c>torchsharp</c>.</summary>
    public required IReadOnlyDictionary<string, string> Packages { get; init; }

    /// <summary>The right to write the folder, checked before every write. Null where nobody else could.</summary>
    public RunLease? Lease { get; init; }

    /// <summary>Measures wall-clock time. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
