using System.Collections.Immutable;
using System.Xml.Linq;
using FedActors.Actors.Federation;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Draws how stale the updates of one policy were: a bar for each bucket, its share above it.</summary>
internal static class HistogramChart
{
    private const int Width = 310;
    private const int Height = 150;
    private const int Top = 18;
    private const int Bottom = 34;

    /// <summary>The names of the buckets: a number of versions, or the first and last of several.</summary>
    public static ImmutableArray<string> Buckets { get; } =
    [
        .. StalenessHistogram.LowerBounds.Select((low, bucket) =>
            bucket + 1 == StalenessHistogram.LowerBounds.Length ? $"{low}+"
            : StalenessHistogram.LowerBounds[bucket + 1] == low + 1 ? $"{low}"
            : $"{low}–{StalenessHistogram.LowerBounds[bucket + 1] - 1}"),
    ];

    // Room is scarce below the bars.
    private static readonly ImmutableArray<string> Starts =
        [.. StalenessHistogram.LowerBounds.Select((low, bucket) => bucket + 1 == StalenessHistogram.LowerBounds.Length ? $"{low}+" : $"{low}")];

    /// <summary>A count as a share of all.</summary>
    public static string Share(long count, long all) => all == 0 ? "–" : Text.Percent((double)count / all);

    /// <summary>Draws.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="style">How it is drawn.</param>
    /// <param name="counts">Updates in each bucket.</param>
    public static XElement Draw(string id, string policy, SeriesStyle style, ImmutableArray<long> counts)
    {
        var all = counts.Sum();
        var most = Math.Max(1, counts.Max());
        var step = (double)Width / counts.Length;
        var description = string.Join(", ", counts.Select((count, bucket) => $"{Buckets[bucket]}: {Share(count, all)}"));
        var svg = Svg.Drawing(id, Width, Height, $"Staleness under {policy}", $"Share of updates by versions: {description}.");
        svg.Add(new XAttribute("class", $"chart {style.Color}"));
        foreach (var (bucket, count) in counts.Index())
        {
            var height = count == 0 ? 0 : Math.Max(1.5, (double)count / most * (Height - Top - Bottom));
            var middle = (bucket + 0.5) * step;
            if (count > 0)
            {
                svg.Add(
                    Svg.Rectangle(
                        middle - (0.38 * step), Height - Bottom - height, 0.76 * step, height, "bar", $"{Buckets[bucket]} versions: {count} updates"),
                    Svg.Label(middle, Height - Bottom - height - 5, "value middle", Share(count, all)));
            }

            svg.Add(Svg.Label(middle, Height - Bottom + 14, "tick middle", Starts[bucket]));
        }

        svg.Add(
            Svg.Line(0, Height - Bottom, Width, Height - Bottom, "axis"),
            Svg.Label(Width / 2.0, Height - 4, "axis-title middle", "versions late, from"));
        return svg;
    }
}
