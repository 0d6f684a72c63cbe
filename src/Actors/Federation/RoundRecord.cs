using System.Collections.Immutable;

namespace FedActors.Actors.Federation;

/// <summary>One line of <c>rounds.jsonl</c>: an evaluated round. Counts are since the evaluation before.</summary>
public sealed record RoundRecord
{
    /// <summary>Rounds finished.</summary>
    public required int Round { get; init; }

    /// <summary>Version that was measured.</summary>
    public required long Version { get; init; }

    /// <summary>Time in the federation's own clock, in seconds.</summary>
    public required double VirtualSeconds { get; init; }

    /// <summary>Seconds since the run began, without pauses between interruption and resumption.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Share of test images classified rightly, in [0, 1].</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean cross-entropy over the test images, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>Accuracy of each class, in [0, 1].</summary>
    public required ImmutableArray<double> ClassAccuracy { get; init; }

    /// <summary>Updates aggregated.</summary>
    public required long Updates { get; init; }

    /// <summary>Updates among them that were stale.</summary>
    public required long StaleUpdates { get; init; }

    /// <summary>Stale updates among them that were converted.</summary>
    public required long ConvertedUpdates { get; init; }

    /// <summary>Mean staleness of the updates aggregated, in versions; 0 where there were none.</summary>
    public required double MeanStaleness { get; init; }

    /// <summary>Smoothed E1/E2 of the corrector's guard, or null where nothing was compared.</summary>
    public double? ErrorRatio { get; init; }

    /// <summary>
    /// γ, the weight of converted updates against the stale ones they replace: 1 while conversion pays, 0 after the switch
    /// back; null under policies that convert nothing.
    /// </summary>
    public double? InversionWeight { get; init; }

    /// <summary>How many of the updates had which staleness, by the buckets of <see cref="StalenessHistogram"/>.</summary>
    public StalenessHistogram StalenessCounts { get; init; } = StalenessHistogram.Empty;
}
