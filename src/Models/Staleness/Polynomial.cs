namespace FedActors.Models.Staleness;

/// <summary><c>(1 + τ)^−a</c>, as in FedAsync (Xie et al., 2019) and, with a = 0.5, FedBuff (Nguyen et al., 2022).</summary>
public sealed class Polynomial : IStalenessDiscount
{
    private readonly double _exponent;

    /// <summary>Discounts by a power of staleness.</summary>
    /// <param name="a">The exponent, not negative. Default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> is negative or not finite.</exception>
    public Polynomial(double a = 0.5)
    {
        if (!(a >= 0) || !double.IsFinite(a))
        {
            throw new ArgumentOutOfRangeException(nameof(a), a, "The exponent a is not negative.");
        }

        _exponent = a;
    }

    /// <inheritdoc/>
    public string Name => "polynomial";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_exponent:R})";

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return Math.Pow(1.0 + staleness, -_exponent);
    }
}
