using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Writes a comparison as one page that needs nothing but itself: no network, no scripts to be read.</summary>
internal static class ReportPage
{
    /// <summary>The page.</summary>
    public static string Write(ComparisonReport report)
    {
        var styles = SeriesStyle.Of([.. report.Policies.Select(policy => policy.Policy)]);
        var name = report.Settings.Name;
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                Meta("viewport", "width=device-width, initial-scale=1"),
                Meta("color-scheme", "light dark"),
                new XElement("title", $"{name}: staleness policies compared"),
                Embedded("style", "report.css", "/*", "*/")),
            new XElement(
                "body",
                new XElement("main", Header(report), Sections(report, styles), Footer()),
                Embedded("script", "report.js", "//", "//")));
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static XElement Header(ComparisonReport report)
    {
        var settings = report.Settings;
        string[] facts =
        [
            $"{settings.Network} on {settings.Data.Set}",
            Text.Count(settings.Data.Clients, "client"),
            settings.Selection.Concurrency is { } concurrency ? $"{concurrency} at work" : $"{settings.Selection.PerRound} a round",
            Text.Count(settings.Rounds, "round"),
            report.SeedText,
        ];
        return new XElement(
            "header",
            new XElement("p", new XAttribute("class", "kind"), "Staleness policies compared"),
            new XElement("h1", settings.Name),
            new XElement("ul", new XAttribute("class", "facts"), facts.Select(fact => new XElement("li", fact))),
            new XElement("p", new XAttribute("class", "headline"), Headline.Of(report)));
    }

    private static IEnumerable<XElement> Sections(ComparisonReport report, ImmutableArray<SeriesStyle> styles)
    {
        yield return FiguresSection.Create(report);
        yield return CurveSection.Create(report, styles);
        if (RatioSection.Create(report, styles) is { } ratio)
        {
            yield return ratio;
        }

        yield return UpdateSection.Create(report, styles);
        yield return TimeSection.Create(report);
        yield return RunSection.Create(report);
        yield return PageSection.Create(
            "settings",
            "Settings",
            "Those of the first run. The others differ in policy and seed only.",
            new XElement(
                "details",
                new XElement("summary", "All settings, complete"),
                new XElement("pre", Legible(report.Resolved))));
    }

    private static XElement Footer() => new(
        "footer",
        new XElement(
            "p",
            $"FedActors {ProductVersion.Number} on "
            + $"{string.Join(", ", ProductVersion.Packages.Select(package => $"{package.Key} {package.Value}"))}."));

    private static XElement Meta(string name, string content) =>
        new("meta", new XAttribute("name", name), new XAttribute("content", content));

    /// <summary>
    /// Style and script are not escaped in HTML but would be in XML. Between comments of their own language, the marks that
    /// switch escaping off mean nothing in HTML.
    /// </summary>
    private static XElement Embedded(string element, string resource, string open, string close) => new(
        element,
        new XText(open),
        new XCData($"{(open == close ? "" : close)}\n{PageAssets.Read(resource)}{(open == close ? close : open)}"),
        new XText(open == close ? "" : close));

    /// <summary>Without the characters that no document may hold.</summary>
    private static string Legible(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));
}
