using System.Collections.Immutable;

namespace FedActors.Host.Comparison;

/// <summary>How a policy did, over all seeds.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Accuracy">At the end.</param>
/// <param name="WatchedAccuracy">That of the watched class at the end; null where none is watched.</param>
/// <param name="Course">On the way.</param>
/// <param name="Goals">How soon given accuracies were reached.</param>
/// <param name="TrainSeconds">Time that clients trained, summed over threads.</param>
/// <param name="WallSeconds">Time of a run.</param>
/// <param name="Runs">What all this is made of.</param>
internal sealed record PolicyFigures(
    string Policy,
    Spread Accuracy,
    Spread? WatchedAccuracy,
    ImmutableArray<RoundFigures> Course,
    ImmutableArray<GoalFigures> Goals,
    Spread TrainSeconds,
    Spread WallSeconds,
    ImmutableArray<RunResult> Runs);

/// <summary>How a policy stood at one round.</summary>
internal sealed record RoundFigures(int Round, Spread Accuracy, Spread? WatchedAccuracy);

/// <summary>How soon an accuracy was reached.</summary>
/// <param name="Accuracy">The accuracy, in [0, 1].</param>
/// <param name="Reached">In how many runs it was.</param>
/// <param name="Rounds">The first evaluated round that had it, in those runs; null if there is none.</param>
internal sealed record GoalFigures(double Accuracy, int Reached, Spread? Rounds);
