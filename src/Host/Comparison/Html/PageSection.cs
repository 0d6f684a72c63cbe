using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>The parts that sections of the page are made of.</summary>
internal static class PageSection
{
    /// <summary>A section under a heading.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">The heading.</param>
    /// <param name="lead">A sentence or two on what is to be seen.</param>
    /// <param name="content">The rest.</param>
    public static XElement Create(string id, string title, string lead, params object?[] content) => new(
        "section",
        new XAttribute("aria-labelledby", id),
        new XElement("h2", new XAttribute("id", id), title),
        new XElement("p", new XAttribute("class", "lead"), lead),
        content);

    /// <summary>A drawing under a title, with the same as a table.</summary>
    public static XElement Figure(string title, XElement drawing, CellTable? table) => new(
        "figure",
        new XElement("figcaption", title),
        drawing,
        table is null ? null : HtmlTable.Behind(table));

    /// <summary>Names of what the colours mean.</summary>
    /// <param name="entries">CSS class, key of the series (null where nothing can be hidden), and name.</param>
    public static XElement Legend(IEnumerable<(string Style, int? Key, string Name)> entries) => new(
        "ul",
        new XAttribute("class", "legend"),
        entries.Select(entry => new XElement(
            "li",
            new XAttribute("class", entry.Style),
            entry.Key is { } key ? new XAttribute("data-toggle", key) : null,
            new XElement("span", new XAttribute("class", "key"), ""),
            entry.Name)));
}
