namespace FedActors.Models.Staleness;

/// <summary>The same factor <c>a</c> for every stale update, however stale.</summary>
public sealed class Constant : IStalenessDiscount
{
    private readonly double _factor;

    /// <summary>Discounts stale updates by a constant.</summary>
    /// <param name="a">The factor, from 0 to 1. Default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> is outside [0, 1].</exception>
    public Constant(double a = 0.5)
    {
        if (!(a >= 0 && a <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(a), a, "The constant factor a lies between 0 and 1.");
        }

        _factor = a;
    }

    /// <inheritdoc/>
    public string Name => "constant";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_factor:R})";

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return staleness == 0 ? 1 : _factor;
    }
}
