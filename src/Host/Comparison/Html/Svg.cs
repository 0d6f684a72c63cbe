using System.Globalization;
using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>Elements of drawings. Text is escaped when the tree is written.</summary>
internal static class Svg
{
    /// <summary>A coordinate with one digit after the point, which is finer than any screen.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A drawing that scales with its page and tells readers of screens what it shows.</summary>
    public static XElement Drawing(string id, int width, int height, string title, string description, params object[] content) =>
        new(
            "svg",
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XElement("title", new XAttribute("id", $"{id}-title"), title),
            new XElement("desc", new XAttribute("id", $"{id}-description"), description),
            content);

    public static XElement Group(string style, params object?[] content) => new("g", new XAttribute("class", style), content);

    public static XElement Line(double x1, double y1, double x2, double y2, string style) => new(
        "line",
        new XAttribute("class", style),
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)));

    public static XElement Rectangle(double x, double y, double width, double height, string style, string tip) => new(
        "rect",
        new XAttribute("class", style),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XElement("title", tip));

    public static XElement Label(double x, double y, string style, string text) => new(
        "text", new XAttribute("class", style), new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), text);
}
