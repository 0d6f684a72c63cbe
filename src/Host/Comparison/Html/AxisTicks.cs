using System.Collections.Immutable;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>A mark on an axis.</summary>
internal sealed record AxisTick(double Value, string Text);

/// <summary>Chooses marks at round numbers.</summary>
internal static class AxisTicks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value, above <paramref name="low"/>.</param>
    /// <param name="most">The most marks wanted, at least 2.</param>
    public static ImmutableArray<AxisTick> Linear(double low, double high, int most)
    {
        var step = Step((high - low) / most);
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        return [.. Range(first, last).Select(index => Tick(index * step))];
    }

    /// <summary>Powers of ten, with 2 and 5 times them in between where the span is short.</summary>
    /// <param name="low">The least value, above 0.</param>
    /// <param name="high">The greatest value, above <paramref name="low"/>.</param>
    public static ImmutableArray<AxisTick> Logarithmic(double low, double high)
    {
        double[] factors = Math.Log10(high / low) > 3 ? [1] : [1, 2, 5];
        var first = (long)Math.Floor(Math.Log10(low));
        var last = (long)Math.Ceiling(Math.Log10(high));
        return
        [
            .. Range(first, last)
                .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
                .Where(value => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                .Select(Tick),
        ];
    }

    /// <summary>The least of 1, 2, 5, 10, 20, 50, … that is not below a number.</summary>
    public static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(step => step >= least * (1 - 1e-9));
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var index = first; index <= last; index++)
        {
            yield return index;
        }
    }

    private static AxisTick Tick(double value) => new(value, Text.Short(value));
}
