using System.Collections.Immutable;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Corrector;

/// <summary>All that the corrector remembers between versions. Immutable; part of every checkpoint.</summary>
public sealed record CorrectorState
{
    private const int MostObserved = 2048;

    /// <summary>Nothing seen yet.</summary>
    public static readonly CorrectorState Initial = new();

    /// <summary>What is known of each client whose updates were converted.</summary>
    public ImmutableSortedDictionary<int, ClientMemory> Clients { get; init; } = ImmutableSortedDictionary<int, ClientMemory>.Empty;

    /// <summary>The updates that arrived lately, in the order of arrival.</summary>
    public ImmutableArray<ObservedUpdate> Observed { get; init; } = [];

    /// <summary>The greatest staleness that was seen, in versions.</summary>
    public long GreatestStaleness { get; init; }

    /// <summary>What the switch-back guard has seen and decided.</summary>
    public SwitchBackState SwitchBack { get; init; } = SwitchBackState.Initial;

    /// <summary>
    /// The state after one more arrival. What started from so old a version that no stale update can be expected to be
    /// compared with it any more is forgotten.
    /// </summary>
    /// <param name="arrived">What arrived.</param>
    /// <param name="window">The guard's window in versions.</param>
    public CorrectorState After(ObservedUpdate arrived, long window)
    {
        var greatest = Math.Max(GreatestStaleness, arrived.Staleness);
        var oldest = arrived.BaseVersion + arrived.Staleness - greatest - (2 * window);
        var kept = greatest == 0 ? Observed : Observed.RemoveAll(earlier => earlier.BaseVersion < oldest);
        if (kept.Length >= MostObserved)
        {
            kept = kept.RemoveAt(0);
        }

        return this with { Observed = kept.Add(arrived), GreatestStaleness = greatest };
    }
}
