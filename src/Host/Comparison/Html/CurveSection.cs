using System.Collections.Immutable;
using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>Accuracy over the rounds, of all classes and of the watched one.</summary>
internal static class CurveSection
{
    private const int Height = 380;

    public static XElement Create(ComparisonReport report, ImmutableArray<SeriesStyle> styles)
    {
        var charts = new List<XElement> { Figure("accuracy", "Accuracy over all classes", figures => figures.Accuracy) };
        if (report.Settings.Evaluation.WatchClass is { } watched)
        {
            charts.Add(Figure("watched", $"Accuracy on class {watched}", figures => figures.WatchedAccuracy!));
        }

        return PageSection.Create(
            "curves",
            "How the models learn",
            report.Seeds.Length > 1
                ? "Lines are means over the seeds, bands one sample standard deviation to either side."
                : "Share of test images that the global model reads rightly, at each evaluated round.",
            PageSection.Legend(report.Policies.Zip(styles, (policy, style) => (style.Color, (int?)style.Key, policy.Policy))),
            new XElement("div", new XAttribute("class", "pair"), charts),
            ComparisonTables.Course(report) is { } course ? HtmlTable.Of(course, caption: true) : null);

        XElement Figure(string id, string title, Func<RoundFigures, Spread> measure)
        {
            var lines = report.Policies.Zip(styles, (policy, style) => Line(policy, style, measure)).ToList();
            var chart = new LineChart(Axis.Linear("round", 0, report.Settings.Rounds, 6), Axis.Percent(), Height, lines);
            return PageSection.Figure(title, chart.Draw(id, title, Describe(report, measure)), Table(report, title, measure));
        }
    }

    private static ChartLine Line(PolicyFigures policy, SeriesStyle style, Func<RoundFigures, Spread> measure) => new(
        policy.Policy,
        policy.Policy,
        style,
        [
            .. policy.Curve.Select(figures => new ChartPoint(
                figures.Round,
                measure(figures).Mean,
                measure(figures).Deviation,
                $"{policy.Policy}, round {figures.Round}: {ComparisonTables.Share(measure(figures))}")),
        ],
        []);

    private static string Describe(ComparisonReport report, Func<RoundFigures, Spread> measure) =>
        $"At the end: {string.Join(", ", report.Policies.Select(policy => $"{policy.Policy} {ComparisonTables.Share(measure(policy.Curve[^1]))}"))}.";

    private static CellTable Table(ComparisonReport report, string title, Func<RoundFigures, Spread> measure) => new(
        title,
        ["round", .. report.Policies.Select(policy => policy.Policy)],
        [
            .. report.Policies[0].Curve.Select((figures, index) => ImmutableArray.Create<string>(
                [$"{figures.Round}", .. report.Policies.Select(policy => ComparisonTables.Share(measure(policy.Curve[index])))])),
        ]);
}
