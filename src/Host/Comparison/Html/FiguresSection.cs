using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>How the runs ended, and how soon they got there.</summary>
internal static class FiguresSection
{
    public static XElement Create(ComparisonReport report) => PageSection.Create(
        "figures",
        "Figures",
        report.Seeds.Length > 1 ? "Mean ± sample standard deviation over the seeds." : "One seed; run more to know how much of it is chance.",
        HtmlTable.Of(ComparisonTables.End(report), caption: true),
        HtmlTable.Of(ComparisonTables.Speed(report), caption: true));
}
