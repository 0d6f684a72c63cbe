namespace FedActors.Models.Staleness;

/// <summary>A policy that leaves an update as it is and says how much it counts.</summary>
public interface IStalenessDiscount : IStalenessPolicy
{
    /// <summary>The factor of an update; <see cref="DiscountTarget"/> says what it multiplies.</summary>
    /// <param name="staleness">τ, at least 0.</param>
    /// <returns>From 0 to 1, and exactly 1 at τ = 0: a fresh update is never discounted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="staleness"/> is negative.</exception>
    double Factor(long staleness);

    /// <inheritdoc/>
    TreatedUpdate? IStalenessPolicy.Treat(ArrivedUpdate arrived) => new(arrived.Update, Factor(arrived.Staleness));
}
