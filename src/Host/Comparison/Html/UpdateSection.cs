using System.Collections.Immutable;
using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>How stale the updates were.</summary>
internal static class UpdateSection
{
    public static XElement Create(ComparisonReport report, ImmutableArray<SeriesStyle> styles)
    {
        const string title = "Updates aggregated, by versions between the model they started from and the one they entered";
        return PageSection.Create(
            "updates",
            "How late updates were",
            $"{title}. All runs of a policy together.",
            ComparisonTables.Stale(report) is { } table ? HtmlTable.Of(table, caption: true) : null,
            new XElement(
                "div",
                new XAttribute("class", "small"),
                report.Policies.Zip(styles, (policy, style) => PageSection.Figure(
                    policy.Policy,
                    HistogramChart.Draw($"staleness-{style.Key}", policy.Policy, style, policy.StalenessCounts),
                    table: null))),
            HtmlTable.Behind(new CellTable(
                title,
                ["policy", .. HistogramChart.Buckets],
                [
                    .. report.Policies.Select(policy => ImmutableArray.Create<string>(
                        [policy.Policy, .. policy.StalenessCounts.Select(count => $"{count}")])),
                ])));
    }
}
