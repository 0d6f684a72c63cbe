namespace FedActors.Models.Staleness;

/// <summary>
/// How much a stale update counts. Staleness τ is the number of versions the global model moved between the version
/// that the client started from and the one that its update is added to. Implementations are pure.
/// </summary>
public interface IStalenessPolicy
{
    /// <summary>The name in settings and results, for example <c>polynomial</c>.</summary>
    string Name { get; }

    /// <summary>The factor of an update; <see cref="DiscountTarget"/> says what it multiplies.</summary>
    /// <param name="staleness">τ, at least 0.</param>
    /// <returns>From 0 to 1, and exactly 1 at τ = 0: a fresh update is never discounted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="staleness"/> is negative.</exception>
    double Factor(long staleness);
}
