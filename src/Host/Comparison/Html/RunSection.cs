using System.Xml.Linq;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Every run, with the way to its files, which lie beside the page.</summary>
internal static class RunSection
{
    private static readonly string[] Files = ["summary.json", "rounds.jsonl", "config.conf", "model.safetensors"];

    public static XElement Create(ComparisonReport report)
    {
        var watched = report.Settings.Evaluation.WatchClass;
        string[] header =
        [
            "run", "accuracy", .. watched is { } index ? [$"class {index}"] : Array.Empty<string>(), "switch round", "wall clock", "files",
        ];
        return PageSection.Create(
            "runs",
            "Runs",
            "The folders lie beside this page.",
            new XElement(
                "div",
                new XAttribute("class", "scroll"),
                new XElement(
                    "table",
                    new XElement("caption", new XAttribute("class", "hidden"), "Runs"),
                    new XElement("thead", new XElement("tr", header.Select(title => new XElement("th", new XAttribute("scope", "col"), title)))),
                    new XElement("tbody", report.Policies.SelectMany(policy => policy.Runs).Select(run => Row(run, watched))))));
    }

    private static XElement Row(RunResult run, int? watched)
    {
        var totals = run.Totals;
        return new XElement(
            "tr",
            new XElement(
                "th",
                new XAttribute("scope", "row"),
                new XElement("a", new XAttribute("href", Uri.EscapeDataString(run.Folder) + "/"), run.Folder)),
            new XElement("td", Text.Percent(totals.FinalAccuracy)),
            watched is { } index ? new XElement("td", Text.Percent(totals.ClassAccuracy[index])) : null,
            new XElement("td", totals.SwitchRound?.ToString() ?? "–"),
            new XElement("td", Text.Duration(TimeSpan.FromSeconds(totals.WallSeconds))),
            new XElement("td", new XAttribute("class", "links"), Files.SelectMany(file => Link(run.Folder, file))));
    }

    private static IEnumerable<object> Link(string folder, string file) =>
    [
        new XElement("a", new XAttribute("href", $"{Uri.EscapeDataString(folder)}/{file}"), file),
        " ",
    ];
}
