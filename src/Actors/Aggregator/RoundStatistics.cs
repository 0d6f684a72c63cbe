using FedActors.Actors.Federation;

namespace FedActors.Actors.Aggregator;

/// <summary>Counts since the last evaluation.</summary>
public sealed record RoundStatistics
{
    /// <summary>All zero.</summary>
    public static readonly RoundStatistics Zero = new();

    /// <summary>Updates aggregated.</summary>
    public long Updates { get; init; }

    /// <summary>Those among them that were stale.</summary>
    public long StaleUpdates { get; init; }

    /// <summary>Those among them that were converted.</summary>
    public long ConvertedUpdates { get; init; }

    /// <summary>Sum of the staleness of all.</summary>
    public long StalenessSum { get; init; }

    /// <summary>All, by staleness.</summary>
    public StalenessHistogram StalenessCounts { get; init; } = StalenessHistogram.Empty;

    /// <summary>Mean staleness in versions; 0 without updates.</summary>
    public double MeanStaleness => Updates == 0 ? 0 : (double)StalenessSum / Updates;

    /// <summary>The counts with one more update.</summary>
    public RoundStatistics With(long staleness, bool converted) => this with
    {
        ConvertedUpdates = ConvertedUpdates + (converted ? 1 : 0),
        Updates = Updates + 1,
        StaleUpdates = StaleUpdates + (staleness > 0 ? 1 : 0),
        StalenessSum = StalenessSum + staleness,
        StalenessCounts = StalenessCounts.With(staleness),
    };
}
