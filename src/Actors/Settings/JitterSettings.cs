namespace FedActors.Actors.Settings;

/// <summary>How the factor that multiplies a latency is distributed. The median is 1 in all cases.</summary>
public enum JitterDistribution
{
    /// <summary>Always 1.</summary>
    None,

    /// <summary>Evenly between 1 − spread and 1 + spread.</summary>
    Uniform,

    /// <summary>exp(σ·z), z drawn from N(0, 1).</summary>
    LogNormal,
}

/// <summary>What a factor is drawn for.</summary>
public enum JitterScope
{
    /// <summary>Each assignment.</summary>
    Assignment,

    /// <summary>A device, once for all its assignments.</summary>
    Device,
}

/// <summary>How latencies scatter.</summary>
/// <param name="Distribution">How the factor is distributed.</param>
/// <param name="Spread">Of <see cref="JitterDistribution.Uniform"/>, from 0 to 1.</param>
/// <param name="Sigma">Of <see cref="JitterDistribution.LogNormal"/>, not negative: the deviation of the factor's logarithm.</param>
/// <param name="Of">What a factor is drawn for.</param>
public sealed record JitterSettings(JitterDistribution Distribution, double Spread, double Sigma, JitterScope Of)
{
    /// <summary>Latencies that do not scatter.</summary>
    public static JitterSettings None { get; } = new(JitterDistribution.None, 0.5, 0.5, JitterScope.Assignment);
}
