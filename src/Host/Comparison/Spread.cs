namespace FedActors.Host.Comparison;

/// <summary>What the same measurement gave in several runs.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample standard deviation (divided by one less than the count); null for a single run.</param>
internal sealed record Spread(double Mean, double? Deviation)
{
    /// <summary>The spread of at least one value.</summary>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new Spread(mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : null);
    }

    /// <summary>The spread of what there is; null if there is nothing.</summary>
    public static Spread? OfAny(IReadOnlyCollection<double> values) => values.Count > 0 ? Of(values) : null;
}
