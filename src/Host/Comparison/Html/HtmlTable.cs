using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>Makes tables of cells.</summary>
internal static class HtmlTable
{
    /// <summary>A table that scrolls by itself where it is too wide.</summary>
    /// <param name="cells">The table.</param>
    /// <param name="caption">Whether its title is shown above it.</param>
    public static XElement Of(CellTable cells, bool caption) => new(
        "div",
        new XAttribute("class", "scroll"),
        new XElement(
            "table",
            new XElement("caption", caption ? null : new XAttribute("class", "hidden"), cells.Title),
            new XElement("thead", new XElement("tr", cells.Header.Select(title => new XElement("th", new XAttribute("scope", "col"), title)))),
            new XElement("tbody", cells.Rows.Select(row => new XElement("tr", row.Select(Cell))))));

    /// <summary>The figures of a chart, folded away.</summary>
    public static XElement Behind(CellTable cells) =>
        new("details", new XElement("summary", "The same as a table"), Of(cells, caption: false));

    private static XElement Cell(string text, int column) =>
        column == 0 ? new XElement("th", new XAttribute("scope", "row"), text) : new XElement("td", text);
}
