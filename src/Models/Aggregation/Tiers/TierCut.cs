using System.Collections.Immutable;

namespace FedActors.Models.Aggregation.Tiers;

/// <summary>Groups clients into tiers by latency.</summary>
public static class TierCut
{
    /// <summary>
    /// Cuts where latency, in order, jumps most; of equal jumps, the one between faster clients. Clients of one latency
    /// stay together, so there may be fewer tiers than asked for.
    /// </summary>
    /// <param name="latencies">The typical latency of each client.</param>
    /// <param name="tiers">The most tiers, at least 1.</param>
    /// <returns>The tier of each client, 0 for the fastest, without gaps.</returns>
    public static ImmutableArray<int> Cut(IReadOnlyList<TimeSpan> latencies, int tiers)
    {
        ArgumentNullException.ThrowIfNull(latencies);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiers, 1);
        var levels = latencies.Distinct().Order().ToArray();
        var firstOfTier = Enumerable.Range(1, Math.Max(0, levels.Length - 1))
            .OrderByDescending(level => levels[level] - levels[level - 1])
            .ThenBy(level => level)
            .Take(tiers - 1)
            .Select(level => levels[level])
            .ToArray();
        return [.. latencies.Select(latency => firstOfTier.Count(first => latency >= first))];
    }
}
