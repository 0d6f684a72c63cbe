using FedActors.Actors.Workers;

namespace FedActors.Host.Runs;

/// <summary>How a run is carried out; nothing here changes its results.</summary>
/// <param name="Workers">Threads for training and evaluation, at least 1.</param>
/// <param name="TaskThreads">Threads that one training or evaluation task may use, at least 1.</param>
/// <param name="Verbose">Whether the actors' log is shown.</param>
internal sealed record SessionOptions(int Workers, int TaskThreads, bool Verbose)
{
    /// <summary>The threads that all runs of the session share; null gives each run its own.</summary>
    public WorkerPool? Pool { get; init; }
}
