namespace FedActors.Models.Staleness;

/// <summary>1 up to staleness <c>b</c>, then <c>1 / (a(τ − b) + 1)</c>, as in FedAsync (Xie et al., 2019).</summary>
public sealed class Hinge : IStalenessDiscount
{
    private readonly double _slope;
    private readonly double _start;

    /// <summary>Discounts what is staler than a limit.</summary>
    /// <param name="a">How steeply, not negative. Default 10.</param>
    /// <param name="b">The staleness that is still free, not negative. Default 4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> or <paramref name="b"/> is negative or not finite.</exception>
    public Hinge(double a = 10, double b = 4)
    {
        if (!(a >= 0) || !double.IsFinite(a))
        {
            throw new ArgumentOutOfRangeException(nameof(a), a, "The slope a is not negative.");
        }

        if (!(b >= 0) || !double.IsFinite(b))
        {
            throw new ArgumentOutOfRangeException(nameof(b), b, "The free staleness b is not negative.");
        }

        _slope = a;
        _start = b;
    }

    /// <inheritdoc/>
    public string Name => "hinge";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_slope:R}, {_start:R})";

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);

        // The + 1 makes the two pieces meet at b; without it an update just past b could count more than a fresh one.
        return staleness <= _start ? 1 : 1 / ((_slope * (staleness - _start)) + 1);
    }
}
