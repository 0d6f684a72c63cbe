namespace FedActors.Models.Staleness.Guards;

/// <summary>How an estimate and the stale update it replaced compare with the true update, once that has arrived.</summary>
/// <param name="Version">t, the version whose update was estimated.</param>
/// <param name="LogRatio">The natural logarithm of E1/E2; below 0 where the estimate was nearer.</param>
public sealed record ErrorComparison(long Version, double LogRatio)
{
    // Beyond this a ratio says no more than that one of the errors vanished.
    private const double Extreme = 7;

    /// <summary>Compares two errors.</summary>
    /// <param name="version">t.</param>
    /// <param name="estimateError">E1 = d(Δ̂ made at t, Δ of t), at least 0.</param>
    /// <param name="staleError">E2 = d(Δ used at t, Δ of t), at least 0.</param>
    /// <returns>The comparison, or null where both errors vanish or one is not a number.</returns>
    public static ErrorComparison? Of(long version, double estimateError, double staleError)
    {
        var logarithm = Math.Log(estimateError / staleError);
        return double.IsNaN(logarithm) ? null : new ErrorComparison(version, Math.Clamp(logarithm, -Extreme, Extreme));
    }
}
