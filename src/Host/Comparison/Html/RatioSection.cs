using System.Collections.Immutable;
using System.Xml.Linq;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison.Html;

/// <summary>Whether conversion paid: E1/E2 of each run that measured it, γ, and where it was given up.</summary>
internal static class RatioSection
{
    private const int Height = 340;
    private const double LeastRatio = 1e-3;
    private const double MostRatio = 1e3;

    /// <summary>The section; null where no run measured the ratio.</summary>
    public static XElement? Create(ComparisonReport report, ImmutableArray<SeriesStyle> styles)
    {
        var runs = report.Policies.Zip(styles)
            .SelectMany(pair => pair.First.Runs.Select(run => (Run: run, Style: pair.Second)))
            .Where(pair => pair.Run.Rounds.Any(round => Ratio(round) is not null))
            .ToList();
        if (runs.Count == 0)
        {
            return null;
        }

        var ratios = runs.SelectMany(pair => pair.Run.Rounds).Select(Ratio).OfType<double>().ToList();
        var up = Axis.Logarithmic("E1/E2", Math.Min(0.5, ratios.Min() / 1.2), Math.Max(2, ratios.Max() * 1.2));
        var across = Axis.Linear("round", 0, report.Settings.Rounds, 6);
        var manySeeds = report.Seeds.Length > 1;
        const string title = "Smoothed E1/E2 at each evaluated round";
        var ratio = new LineChart(across, up, Height, [.. runs.Select(RatioLine)]).Draw(
            "ratio",
            title,
            string.Join(" ", runs.Select(pair => $"{Name(pair.Run)}: {Switch(pair.Run)}.")),
            (1, "above 1 the stale update is nearer to the truth"));
        const string weightTitle = "γ, the weight of converted updates";
        var weight = new LineChart(across, Axis.Linear("γ", 0, 1, 5), Height, [.. runs.Select(WeightLine)]).Draw(
            "weight", weightTitle, "1 while conversion pays, 0 once stale updates are used as they are.");
        return PageSection.Create(
            "ratio-heading",
            "Does conversion pay?",
            "E1 is how far the converted update was from the fresh one that arrived later, E2 how far the stale update was. Below 1, "
            + "conversion pays; when the ratio passes 1, the server switches back to stale updates.",
            new XElement(
                "div",
                new XAttribute("class", "pair"),
                PageSection.Figure(title, ratio, Table(title, runs, Ratio)),
                PageSection.Figure(weightTitle, weight, Table(weightTitle, runs, Weight))));

        ChartLine RatioLine((RunResult Run, SeriesStyle Style) pair)
        {
            var label = Label(pair.Run, manySeeds);
            return Line(pair.Run, pair.Style, label, Ratio, manySeeds ? $"{label} switches" : "switch");
        }

        ChartLine WeightLine((RunResult Run, SeriesStyle Style) pair) =>
            Line(pair.Run, pair.Style, Label(pair.Run, manySeeds), Weight, mark: null);
    }

    private static ChartLine Line(
        RunResult run, SeriesStyle style, string label, Func<EvaluatedRound, double?> measure, string? mark) => new(
        Name(run),
        label,
        style,
        [
            .. run.Rounds.Select(round => new ChartPoint(
                round.Round,
                measure(round) ?? double.NaN,
                null,
                $"{Name(run)}, round {round.Round}: {(measure(round) is { } value ? Text.Number(value, 3) : "–")}")),
        ],
        mark is not null && run.Totals.SwitchRound is { } switched ? [new ChartMark(switched, $"{mark} at {switched}")] : []);

    /// <summary>Only what a logarithmic axis can show.</summary>
    private static double? Ratio(EvaluatedRound round) =>
        round.ErrorRatio is { } ratio && ratio > 0 ? Math.Clamp(ratio, LeastRatio, MostRatio) : null;

    private static double? Weight(EvaluatedRound round) => round.InversionWeight;

    private static string Name(RunResult run) => $"{run.Totals.Policy}, seed {run.Totals.Seed}";

    private static string Label(RunResult run, bool manySeeds) => manySeeds ? $"seed {run.Totals.Seed}" : run.Totals.Policy;

    private static string Switch(RunResult run) =>
        run.Totals.SwitchRound is { } round ? $"switched back from round {round} on" : "did not switch back";

    private static CellTable Table(
        string title, IReadOnlyList<(RunResult Run, SeriesStyle Style)> runs, Func<EvaluatedRound, double?> measure) => new(
        title,
        ["round", .. runs.Select(pair => Name(pair.Run))],
        [
            .. runs[0].Run.Rounds.Select((round, index) => ImmutableArray.Create<string>(
                [$"{round.Round}", .. runs.Select(pair => measure(pair.Run.Rounds[index]) is { } value ? Text.Number(value, 3) : "–")])),
        ]);
}
