namespace FedActors.Models.Staleness.Guards;

/// <summary>
/// Decides when conversion no longer pays: when the estimate made at version t is further from the true update of that
/// version, which arrives τ versions later, than the stale update was that it replaced (E1 against E2 of Wang and Gao, 2025).
/// </summary>
/// <remarks>
/// What arrives today judges the estimates of τ versions ago, and E1/E2 rises steadily as updates shrink. So the logarithm
/// of the ratio is fitted by a line over the newest comparisons, and the line is followed to today: a mean would learn of
/// the crossing a delay of τ and half a window after it happened.
/// </remarks>
public sealed record SwitchBackGuard
{
    /// <summary>The span of versions, counted back from the newest comparison, that the line is fitted to; at least 1. Default 60.</summary>
    public long Window { get; init; } = 60;

    /// <summary>
    /// With fewer comparisons in the window, or where they span less than half of it, nothing is decided. At least 3. Default 10.
    /// </summary>
    public int MinComparisons { get; init; } = 10;

    /// <summary>
    /// Versions over which the weight of estimates falls from 1 to 0 once the switch began, at least 1. Default 100: where both
    /// errors are alike, a mixture is nearer to the truth than either, and the longer it lasts the less the model is dragged back.
    /// </summary>
    public long Over { get; init; } = 100;
}
