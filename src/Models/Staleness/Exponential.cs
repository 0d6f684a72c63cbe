namespace FedActors.Models.Staleness;

/// <summary><c>2^(−τ/h)</c>: half for every <c>h</c> versions (the "weighted" baseline of Wang and Gao, 2025).</summary>
public sealed class Exponential : IStalenessDiscount
{
    private readonly double _halfLife;

    /// <summary>Discounts by a half-life.</summary>
    /// <param name="h">The half-life in versions, positive. Default 20.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="h"/> is not positive and finite.</exception>
    public Exponential(double h = 20)
    {
        if (!(h > 0) || !double.IsFinite(h))
        {
            throw new ArgumentOutOfRangeException(nameof(h), h, "The half-life h is positive.");
        }

        _halfLife = h;
    }

    /// <inheritdoc/>
    public string Name => "exponential";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_halfLife:R})";

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return Math.Pow(2, -staleness / _halfLife);
    }
}
