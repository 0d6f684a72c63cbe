using System.Collections.Immutable;

namespace FedActors.Host.Comparison.Html;

/// <summary>Maps values to places along an axis.</summary>
internal sealed record Axis
{
    private readonly Func<double, double> _shape;

    private Axis(string title, double low, double high, ImmutableArray<AxisTick> ticks, Func<double, double> shape)
    {
        Title = title;
        Low = low;
        High = high;
        Ticks = ticks;
        _shape = shape;
    }

    /// <summary>What is measured; empty where that is plain.</summary>
    public string Title { get; }

    /// <summary>The value at the beginning.</summary>
    public double Low { get; }

    /// <summary>The value at the end.</summary>
    public double High { get; }

    /// <summary>The marks.</summary>
    public ImmutableArray<AxisTick> Ticks { get; }

    /// <summary>An even axis.</summary>
    public static Axis Linear(string title, double low, double high, int mostTicks) =>
        new(title, low, high, AxisTicks.Linear(low, high, mostTicks), value => value);

    /// <summary>Shares in [0, 1] with marks in percent, which need no title.</summary>
    public static Axis Percent() => new(
        "", 0, 1, [.. Enumerable.Range(0, 6).Select(part => new AxisTick(part / 5.0, $"{20 * part}%"))], value => value);

    /// <summary>An axis on which factors are distances.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="low">The least value, above 0.</param>
    /// <param name="high">The greatest value, above <paramref name="low"/>.</param>
    public static Axis Logarithmic(string title, double low, double high) =>
        new(title, low, high, AxisTicks.Logarithmic(low, high), Math.Log);

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end. Values outside are moved to the nearer of them.</summary>
    public double Place(double value) =>
        (_shape(Math.Clamp(value, Low, High)) - _shape(Low)) / (_shape(High) - _shape(Low));
}
