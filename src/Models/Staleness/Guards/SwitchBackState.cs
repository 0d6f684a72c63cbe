using System.Collections.Immutable;

namespace FedActors.Models.Staleness.Guards;

/// <summary>What the switch-back guard has seen and decided. Immutable; part of every checkpoint.</summary>
public sealed record SwitchBackState
{
    /// <summary>Nothing seen, nothing decided.</summary>
    public static readonly SwitchBackState Initial = new();

    /// <summary>The comparisons within the guard's window, in the order they were made.</summary>
    public ImmutableArray<ErrorComparison> Comparisons { get; init; } = [];

    /// <summary>The smoothed E1/E2, followed to the version at which it was last asked for; null where too little was seen.</summary>
    public double? Ratio { get; init; }

    /// <summary>The version at which the switch began; null before.</summary>
    public long? SwitchedAt { get; init; }

    /// <summary>Enters comparisons that have become known, and decides.</summary>
    /// <param name="guard">The guard; null never switches.</param>
    /// <param name="comparisons">In the order of arrival.</param>
    /// <param name="version">The version that the next updates will be added to.</param>
    public SwitchBackState After(SwitchBackGuard? guard, IEnumerable<ErrorComparison> comparisons, long version)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var fit = guard ?? new SwitchBackGuard();
        var all = Comparisons.AddRange(comparisons);
        if (all.Length == 0)
        {
            return this;
        }

        var newest = all.Max(comparison => comparison.Version);
        all = [.. all.Where(comparison => comparison.Version > newest - fit.Window)];
        var ratio = Forecast(all, fit, version);
        return new SwitchBackState
        {
            Comparisons = all,
            Ratio = ratio,
            SwitchedAt = SwitchedAt ?? (guard is not null && ratio > 1 ? version : null),
        };
    }

    /// <summary>γ, the weight of an estimate against the stale update: 1 before the switch, then falling to 0.</summary>
    /// <param name="guard">The guard; null never switches.</param>
    /// <param name="version">The version that the update will be added to.</param>
    public double Weight(SwitchBackGuard? guard, long version) =>
        guard is null || SwitchedAt is not { } begun ? 1 : Math.Clamp(1 - ((version - begun + 1) / (double)guard.Over), 0, 1);

    /// <summary>Fits a line to the logarithms by least squares and follows it to <paramref name="version"/>.</summary>
    private static double? Forecast(ImmutableArray<ErrorComparison> comparisons, SwitchBackGuard guard, long version)
    {
        var span = comparisons.Max(comparison => comparison.Version) - comparisons.Min(comparison => comparison.Version);
        if (comparisons.Length < guard.MinComparisons || 2 * span < guard.Window)
        {
            // A slope over a short span says nothing about what lies far beyond it.
            return null;
        }

        var meanVersion = comparisons.Average(comparison => (double)comparison.Version);
        var mean = comparisons.Average(comparison => comparison.LogRatio);
        var spread = comparisons.Sum(comparison => Math.Pow(comparison.Version - meanVersion, 2));
        var slope = spread == 0
            ? 0
            : comparisons.Sum(comparison => (comparison.Version - meanVersion) * (comparison.LogRatio - mean)) / spread;

        // A falling ratio is not followed: that estimates get better still is no reason to trust them more than was seen.
        return Math.Exp(mean + (Math.Max(0, slope) * (version - meanVersion)));
    }
}
