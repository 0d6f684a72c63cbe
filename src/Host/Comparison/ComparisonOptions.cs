using FedActors.Actors.Settings;
using FedActors.Host.Runs;

namespace FedActors.Host.Comparison;

/// <summary>How a comparison is carried out; nothing here changes its figures, but for the times.</summary>
/// <param name="Session">How its runs are; the workers are those of all runs together.</param>
internal sealed record ComparisonOptions(SessionOptions Session)
{
    // Each run holds models and versions of its own, and a run alone keeps several workers busy most of the time.
    private const int MostByDefault = 16;

    /// <summary>How many runs go on side by side, at least 1; null to have it chosen.</summary>
    public int? Parallel { get; init; }

    /// <summary>Whether results that are there already are moved aside instead of used.</summary>
    public bool Afresh { get; init; }

    /// <summary>What the user is told to do to go on after an interruption.</summary>
    public string Resumption { get; init; } = "The same command goes on from there.";

    /// <summary>
    /// How many runs go on side by side. Left to itself, that is one for each worker: while one run waits for the last
    /// client of a round, the others keep the workers busy. Runs on the wall clock are carried out one after another,
    /// since there a busy machine changes results.
    /// </summary>
    /// <param name="runs">Number of runs.</param>
    /// <param name="clock">The time in which they live.</param>
    public int ParallelRuns(int runs, ClockMode clock) =>
        Math.Min(runs, Parallel ?? (clock == ClockMode.Wall ? 1 : Math.Min(Session.Workers, MostByDefault)));
}
