using System.Xml.Linq;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Draws where each policy's time went: a bar of stacked parts for each.</summary>
internal static class StackedBars
{
    private const int Width = 960;
    private const int Left = 170;
    private const int Right = 90;
    private const int RowHeight = 34;
    private const int BarHeight = 20;
    private const int Top = 6;
    private const int Bottom = 40;

    /// <summary>Draws.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What the chart shows.</param>
    /// <param name="description">The same at length.</param>
    /// <param name="parts">Names of the parts; part n has the CSS class <c>part-n</c>.</param>
    /// <param name="rows">Names, and seconds of each part.</param>
    public static XElement Draw(
        string id, string title, string description, IReadOnlyList<string> parts, IReadOnlyList<(string Name, double[] Seconds)> rows)
    {
        var longest = rows.Max(row => row.Seconds.Sum());
        var axis = Axis.Linear("seconds, summed over threads", 0, longest > 0 ? longest : 1, 8);
        var height = Top + (rows.Count * RowHeight) + Bottom;
        var svg = Svg.Drawing(id, Width, height, title, description, DrawAxis(axis, height));
        svg.Add(new XAttribute("class", "chart"));
        foreach (var (index, (name, seconds)) in rows.Index())
        {
            var y = Top + (index * RowHeight) + ((RowHeight - BarHeight) / 2.0);
            svg.Add(Svg.Label(Left - 10, y + 14, "label end", name));
            var before = 0.0;
            foreach (var (part, value) in seconds.Index().Where(part => part.Item > 0))
            {
                var start = X(axis, before);
                before += value;
                svg.Add(Svg.Rectangle(
                    start, y, Math.Max(0.5, X(axis, before) - start), BarHeight, $"part-{part}", $"{name}, {parts[part]}: {Text.Number(value, 1)} s"));
            }

            svg.Add(Svg.Label(X(axis, before) + 8, y + 14, "value", $"{Text.Number(before, 1)} s"));
        }

        return svg;
    }

    private static double X(Axis axis, double value) => Left + (axis.Place(value) * (Width - Left - Right));

    private static XElement DrawAxis(Axis axis, int height) => Svg.Group(
        "axes",
        axis.Ticks.Select(tick => new object[]
        {
            Svg.Line(X(axis, tick.Value), Top, X(axis, tick.Value), height - Bottom, "grid"),
            Svg.Label(X(axis, tick.Value), height - Bottom + 18, "tick middle", tick.Text),
        }),
        Svg.Label((Left + Width - Right) / 2.0, height - 5, "axis-title middle", axis.Title));
}
