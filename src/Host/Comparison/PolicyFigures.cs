using System.Collections.Immutable;

namespace FedActors.Host.Comparison;

/// <summary>How a policy did, over all seeds.</summary>
internal sealed record PolicyFigures
{
    /// <summary>The policy.</summary>
    public required string Policy { get; init; }

    /// <summary>At the end.</summary>
    public required Spread Accuracy { get; init; }

    /// <summary>That of the watched class at the end; null where none is watched.</summary>
    public required Spread? WatchedAccuracy { get; init; }

    /// <summary>At every evaluated round.</summary>
    public required ImmutableArray<RoundFigures> Curve { get; init; }

    /// <summary>At the rounds that the tables look at.</summary>
    public required ImmutableArray<RoundFigures> Course { get; init; }

    /// <summary>How soon given accuracies were reached.</summary>
    public required ImmutableArray<GoalFigures> Goals { get; init; }

    /// <summary>Where the time went.</summary>
    public required TimeFigures Seconds { get; init; }

    /// <summary>Mean staleness of the updates aggregated, in versions.</summary>
    public required Spread MeanStaleness { get; init; }

    /// <summary>How many updates of all runs had which staleness, in the buckets of the histogram.</summary>
    public required ImmutableArray<long> StalenessCounts { get; init; }

    /// <summary>How stale updates were converted; null where none was.</summary>
    public required ConversionFigures? Conversion { get; init; }

    /// <summary>What all this is made of.</summary>
    public required ImmutableArray<RunResult> Runs { get; init; }
}

/// <summary>How a policy stood at one round.</summary>
internal sealed record RoundFigures(int Round, Spread Accuracy, Spread? WatchedAccuracy);

/// <summary>How soon an accuracy was reached.</summary>
/// <param name="Accuracy">The accuracy, in [0, 1].</param>
/// <param name="Reached">In how many runs it was.</param>
/// <param name="Rounds">The first evaluated round that had it, in those runs; null if there is none.</param>
internal sealed record GoalFigures(double Accuracy, int Reached, Spread? Rounds);

/// <summary>Where the time of a run went, in seconds. All but the wall clock are summed over threads.</summary>
internal sealed record TimeFigures(Spread Training, Spread Inversion, Spread Evaluation, Spread Wall);

/// <summary>How a policy converted stale updates.</summary>
/// <param name="Conversions">Converted updates of a run.</param>
/// <param name="Iterations">Iterations of a run.</param>
/// <param name="SecondsEach">Seconds a conversion, in runs that had any; null where none succeeded.</param>
/// <param name="Failed">Conversions that failed or took too long, of a run.</param>
/// <param name="Switched">In how many runs conversion was given up.</param>
/// <param name="SwitchRound">In which round that began, in those runs; null if there is none.</param>
internal sealed record ConversionFigures(
    Spread Conversions, Spread Iterations, Spread? SecondsEach, Spread Failed, int Switched, Spread? SwitchRound);
