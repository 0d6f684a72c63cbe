using System.Collections.Immutable;
using System.Xml.Linq;
using FedActors.Host.Comparison;
using FedActors.Host.Comparison.Html;

namespace FedActors.Host.Tests.Comparison.Html;

public sealed class ReportPageTests
{
    // What HTML lets stand without an end.
    private static readonly string[] VoidElements = ["meta", "br"];

    private static readonly RunResult None = Results.Of("none", 1, seconds: 6, 0.10, 0.20, 0.30, 0.40);

    private static readonly RunResult[] Runs =
    [
        Results.Of("fresh", 1, seconds: 4, 0.40, 0.60, 0.80, 0.90),
        Results.Of("fresh", 2, seconds: 8, 0.60, 0.70, 0.70, 0.70),
        None,
        Results.Of("none", 2, seconds: 6, 0.10, 0.25, 0.30, 0.40),
        Results.Converting(Results.Of("other", 1, seconds: 6, 0.20, 0.40, 0.60, 0.80), switchRound: 30),
        Results.Converting(Results.Of("other", 2, seconds: 6, 0.20, 0.40, 0.60, 0.80), switchRound: null),
    ];

    private static readonly string Text = ReportPage.Write(Results.Report("1", Runs));

    private static readonly XElement Page = XDocument.Parse(Text).Root!;

    [Fact]
    public void The_page_is_well_formed_both_as_html_and_as_xml()
    {
        Assert.StartsWith("<!DOCTYPE html>", Text, StringComparison.Ordinal);
        Assert.Equal("html", Page.Name.LocalName);
        Assert.Equal("en", Page.Attribute("lang")!.Value);
        // HTML takes <x/> for the beginning of an element, except inside of a drawing.
        Assert.All(
            Page.Descendants().Where(element => element.IsEmpty && element.AncestorsAndSelf().All(above => above.Name != "svg")),
            element => Assert.Contains(element.Name.LocalName, VoidElements));
    }

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        Assert.DoesNotContain("http", Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Text, StringComparison.Ordinal);
        Assert.Empty(Page.Descendants().Attributes("src"));
        Assert.Empty(Page.Descendants("link"));
    }

    [Fact]
    public void Ids_are_unique_and_references_to_them_lead_somewhere()
    {
        var ids = Page.Descendants().Attributes("id").Select(id => id.Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(
            Page.Descendants().Attributes("aria-labelledby").SelectMany(reference => reference.Value.Split(' ')),
            id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Every_drawing_is_described_in_words()
    {
        var drawings = Page.Descendants("svg").ToList();

        Assert.NotEmpty(drawings);
        Assert.All(drawings, drawing =>
        {
            Assert.NotEqual("", drawing.Element("title")!.Value);
            Assert.NotEqual("", drawing.Element("desc")!.Value);
        });
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("watched")]
    public void Each_policy_has_a_curve_a_band_and_a_label(string chart)
    {
        var drawing = Drawing(chart);

        Assert.Equal(3, Having(drawing, "path", "curve").Count());
        Assert.Equal(3, Having(drawing, "polygon", "band").Count());
        Assert.Equal(["fresh", "none", "other"], Having(drawing, "text", "label").Select(label => label.Value));
        Assert.Equal(12, Having(drawing, "circle", "point").Count());
        Assert.Contains("other, round 30: ", drawing.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_seed_has_no_bands()
    {
        var page = XDocument.Parse(ReportPage.Write(Results.Report("1", None))).Root!;

        Assert.Empty(Having(page, "polygon", "band"));
    }

    [Fact]
    public void Without_a_watched_class_there_is_no_curve_of_it() =>
        Assert.DoesNotContain("watched", ReportPage.Write(Results.Report("none", None)), StringComparison.Ordinal);

    [Fact]
    public void The_switch_is_marked_at_its_round()
    {
        var drawing = Drawing("ratio");

        var mark = Assert.Single(Having(drawing, "line", "mark"));
        Assert.Equal("seed 1 switches at 30", Assert.Single(drawing.Descendants("text"), text => text.Value.Contains("switches")).Value);
        var points = Having(drawing, "circle", "point").Where(point => point.Value.Contains("seed 1, round 30:"));
        Assert.Equal(Assert.Single(points).Attribute("cx")!.Value, mark.Attribute("x1")!.Value);
        Assert.Single(Having(drawing, "line", "level"));
        Assert.Equal(2, Having(Drawing("weight"), "path", "curve").Count());
    }

    [Fact]
    public void What_was_not_measured_is_no_point()
    {
        Assert.Equal(6, Having(Drawing("ratio"), "circle", "point").Count());
        Assert.DoesNotContain("NaN", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_that_are_not_numbers_leave_gaps()
    {
        var rounds = None.Rounds.Select((round, index) => index == 1 ? round with { ClassAccuracy = [0.1, double.NaN] } : round);

        var page = XDocument.Parse(ReportPage.Write(Results.Report("1", None with { Rounds = [.. rounds] }))).Root!;

        var curve = Assert.Single(Having(Drawing(page, "watched"), "path", "curve"));
        Assert.Equal(2, curve.Attribute("d")!.Value.Count(letter => letter == 'M'));
        Assert.DoesNotContain("NaN", curve.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_conversion_nothing_is_said_of_it() =>
        Assert.DoesNotContain("Does conversion pay?", ReportPage.Write(Results.Report("1", None)), StringComparison.Ordinal);

    [Fact]
    public void Each_policy_has_a_histogram_and_a_bar_of_time()
    {
        Assert.All(new[] { "staleness-0", "staleness-1", "staleness-2" }, id => Assert.NotNull(Drawing(id)));
        Assert.Contains("32–63: 25.0%", Drawing("staleness-2").Element("desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(["fresh", "none", "other"], Having(Drawing("seconds"), "text", "label").Select(label => label.Value));
        Assert.Contains("other, inversion: 5.0 s", Drawing("seconds").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_linked_by_their_folders() =>
        Assert.Equal(
            Runs.SelectMany(run => new[] { "", "summary.json", "rounds.jsonl", "config.conf", "model.safetensors" }.Select(file => $"{run.Folder}/{file}")),
            Page.Descendants("a").Select(link => link.Attribute("href")!.Value));

    [Fact]
    public void The_tables_are_there()
    {
        var captions = Page.Descendants("caption").Select(caption => caption.Value).ToList();

        Assert.All(ComparisonTables.Of(Results.Report("1", Runs)), table => Assert.Contains(table.Title, captions));
        Assert.Contains("Accuracy on class 1", captions);
    }

    [Fact]
    public void Names_and_settings_are_escaped()
    {
        var report = Results.Report("1", None);
        var strange = report with
        {
            Settings = report.Settings with { Name = "<b>a&b\"</b>" },
            Resolved = "path = \"</pre><script>alert(1)</script>\u0001\"",
            Policies = ImmutableArray.Create(report.Policies[0] with { Policy = "<none>" }),
        };

        var page = XDocument.Parse(ReportPage.Write(strange)).Root!;

        Assert.Equal("<b>a&b\"</b>", page.Descendants("h1").Single().Value);
        Assert.Equal("path = \"</pre><script>alert(1)</script>\"", page.Descendants("pre").Single().Value);
        Assert.Single(page.Descendants("script"));
        Assert.Empty(page.Descendants("b"));
    }

    private static XElement Drawing(string id) => Drawing(Page, id);

    private static XElement Drawing(XElement page, string id) =>
        page.Descendants("svg").Single(drawing => drawing.Element("title")!.Attribute("id")!.Value == $"{id}-title");

    private static IEnumerable<XElement> Having(XElement within, string name, string style) =>
        within.Descendants(name).Where(element => (element.Attribute("class")?.Value ?? "").Split(' ').Contains(style));
}
