using System.Collections.Immutable;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Puts the figures of a comparison into tables with a row for each policy.</summary>
internal static class ComparisonTables
{
    private const string Never = "–";

    /// <summary>
    /// How the runs ended, how fast they were, how they got there (where there were evaluations before the end), and what
    /// became of stale updates (where there were any).
    /// </summary>
    public static IEnumerable<CellTable> Of(ComparisonReport report) =>
        new[] { End(report), Speed(report), Course(report), Stale(report) }.OfType<CellTable>();

    /// <summary>How the runs ended, and what they took.</summary>
    public static CellTable End(ComparisonReport report)
    {
        var anyInversion = report.Policies.Any(policy => policy.Seconds.Inversion.Mean > 0);
        return new CellTable(
            $"After {Text.Count(report.Settings.Rounds, "round")}",
            [
                "policy",
                "accuracy",
                .. Watched(report),
                "training s",
                .. anyInversion ? ["inversion s"] : Array.Empty<string>(),
                "evaluation s",
                "wall clock s",
            ],
            Rows(report, policy =>
            [
                Share(policy.Accuracy),
                .. Optional(policy.WatchedAccuracy),
                Number(policy.Seconds.Training),
                .. anyInversion ? [Number(policy.Seconds.Inversion)] : Array.Empty<string>(),
                Number(policy.Seconds.Evaluation),
                Number(policy.Seconds.Wall),
            ]));
    }

    /// <summary>How soon given accuracies were reached.</summary>
    public static CellTable Speed(ComparisonReport report) => new(
        "Rounds to an accuracy of",
        ["policy", .. report.Policies[0].Goals.Select(goal => $"{Text.Short(100 * goal.Accuracy)}%")],
        Rows(report, policy => policy.Goals.Select(goal => Some(goal.Rounds, goal.Reached, policy.Runs.Length))));

    /// <summary>The accuracies at some rounds; null where only the end was measured.</summary>
    public static CellTable? Course(ComparisonReport report) => report.Policies[0].Course.IsEmpty ? null : new CellTable(
        "On the way",
        ["policy", .. report.Policies[0].Course.SelectMany(stage => Watched(report).Prepend($"round {stage.Round}"))],
        Rows(report, policy =>
            [.. policy.Course.SelectMany(stage => Optional(stage.WatchedAccuracy).Prepend(Share(stage.Accuracy)))]));

    /// <summary>What became of stale updates; null where there were none.</summary>
    public static CellTable? Stale(ComparisonReport report)
    {
        if (report.Policies.All(policy => policy.MeanStaleness.Mean == 0 && policy.Conversion is null))
        {
            return null;
        }

        var anyConversion = report.Policies.Any(policy => policy.Conversion is not null);
        string[] conversion = ["conversions", "failed", "iterations", "seconds each", "switch round"];
        return new CellTable(
            "Stale updates",
            ["policy", "mean staleness", .. anyConversion ? conversion : []],
            Rows(report, policy =>
            [
                Number(policy.MeanStaleness),
                .. !anyConversion ? []
                    : policy.Conversion is { } figures ? Conversion(figures, policy.Runs.Length)
                    : conversion.Select(_ => Never),
            ]));
    }

    private static IEnumerable<string> Conversion(ConversionFigures figures, int runs) =>
    [
        Whole(figures.Conversions),
        Whole(figures.Failed),
        Whole(figures.Iterations),
        figures.SecondsEach is { } seconds ? Number(seconds, 3) : Never,
        Some(figures.SwitchRound, figures.Switched, runs),
    ];

    private static ImmutableArray<ImmutableArray<string>> Rows(
        ComparisonReport report, Func<PolicyFigures, IEnumerable<string>> figures) =>
        [.. report.Policies.Select(policy => figures(policy).Prepend(policy.Policy).ToImmutableArray())];

    private static IEnumerable<string> Watched(ComparisonReport report) =>
        report.Settings.Evaluation.WatchClass is { } watched ? [$"class {watched}"] : [];

    private static IEnumerable<string> Optional(Spread? share) => share is null ? [] : [Share(share)];

    /// <summary>A share as a percentage.</summary>
    public static string Share(Spread share) => share.Deviation is { } deviation
        ? $"{Text.Percent(share.Mean).TrimEnd('%')} ± {Text.Percent(deviation)}"
        : Text.Percent(share.Mean);

    private static string Number(Spread value, int digits = 1) => value.Deviation is { } deviation
        ? $"{Text.Number(value.Mean, digits)} ± {Text.Number(deviation, digits)}"
        : Text.Number(value.Mean, digits);

    /// <summary>A count, which is whole in a single run.</summary>
    private static string Whole(Spread value) => Number(value, value.Deviation is null ? 0 : 1);

    /// <summary>A round that only some of the runs may have.</summary>
    private static string Some(Spread? round, int count, int runs) =>
        round is null ? Never
        : count < runs ? $"{Whole(round)} ({count} of {runs})"
        : Whole(round);
}
