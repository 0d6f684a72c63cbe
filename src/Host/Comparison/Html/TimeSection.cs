using System.Collections.Immutable;
using System.Xml.Linq;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Where the time of a run went.</summary>
internal static class TimeSection
{
    private static readonly string[] Activities = ["training", "inversion", "evaluation"];

    public static XElement Create(ComparisonReport report)
    {
        const string title = "Seconds by activity";
        var rows = report.Policies
            .Select(policy => (
                policy.Policy,
                Seconds: new[] { policy.Seconds.Training.Mean, policy.Seconds.Inversion.Mean, policy.Seconds.Evaluation.Mean }))
            .ToList();
        var description = string.Join(" ", rows.Select(row =>
            $"{row.Policy}: {string.Join(", ", Activities.Zip(row.Seconds, (activity, seconds) => $"{activity} {Text.Number(seconds, 1)} s"))}."));
        return PageSection.Create(
            "time",
            "Where the time went",
            "Of one run, summed over the threads that work. Training is what devices would do; inversion and evaluation are the server's.",
            PageSection.Legend(Activities.Select((activity, index) => ($"part-{index}", (int?)null, activity))),
            PageSection.Figure(
                title,
                StackedBars.Draw("seconds", title, description, Activities, rows),
                new CellTable(
                    title,
                    ["policy", .. Activities],
                    [
                        .. rows.Select(row => ImmutableArray.Create<string>(
                            [row.Policy, .. row.Seconds.Select(seconds => Text.Number(seconds, 1))])),
                    ])));
    }
}
