using System.Collections.Immutable;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Puts the figures of a comparison into tables with a row for each policy.</summary>
internal static class ComparisonTables
{
    private const string Never = "–";

    /// <summary>How the runs ended, how fast they were, and, where there were evaluations before the end, how they got there.</summary>
    public static IEnumerable<CellTable> Of(ComparisonReport report)
    {
        yield return End(report);
        yield return Speed(report);
        if (report.Policies[0].Course.Length > 0)
        {
            yield return Course(report);
        }
    }

    private static CellTable End(ComparisonReport report) => new(
        $"After {Text.Count(report.Settings.Rounds, "round")}",
        ["policy", "accuracy", .. Watched(report), "training s", "wall clock s"],
        Rows(report, policy =>
        [
            Share(policy.Accuracy),
            .. Optional(policy.WatchedAccuracy),
            Number(policy.TrainSeconds),
            Number(policy.WallSeconds),
        ]));

    private static CellTable Speed(ComparisonReport report) => new(
        "Rounds to an accuracy of",
        ["policy", .. Statistics.Goals.Select(goal => $"{Text.Number(100 * goal, 0)}%")],
        Rows(report, policy => policy.Goals.Select(goal => Rounds(goal, policy.Runs.Length))));

    private static CellTable Course(ComparisonReport report) => new(
        "On the way",
        ["policy", .. report.Policies[0].Course.SelectMany(stage => Watched(report).Prepend($"round {stage.Round}"))],
        Rows(report, policy =>
            [.. policy.Course.SelectMany(stage => Optional(stage.WatchedAccuracy).Prepend(Share(stage.Accuracy)))]));

    private static ImmutableArray<ImmutableArray<string>> Rows(
        ComparisonReport report, Func<PolicyFigures, IEnumerable<string>> figures) =>
        [.. report.Policies.Select(policy => figures(policy).Prepend(policy.Policy).ToImmutableArray())];

    private static IEnumerable<string> Watched(ComparisonReport report) =>
        report.Settings.Evaluation.WatchClass is { } watched ? [$"class {watched}"] : [];

    private static IEnumerable<string> Optional(Spread? share) => share is null ? [] : [Share(share)];

    private static string Share(Spread share) => share.Deviation is { } deviation
        ? $"{Text.Percent(share.Mean).TrimEnd('%')} ± {Text.Percent(deviation)}"
        : Text.Percent(share.Mean);

    private static string Number(Spread value) => value.Deviation is { } deviation
        ? $"{Text.Number(value.Mean, 1)} ± {Text.Number(deviation, 1)}"
        : Text.Number(value.Mean, 1);

    private static string Rounds(GoalFigures goal, int runs)
    {
        if (goal.Rounds is not { } rounds)
        {
            return Never;
        }

        var text = rounds.Deviation is null ? Text.Number(rounds.Mean, 0) : Number(rounds);
        return goal.Reached < runs ? $"{text} ({goal.Reached} of {runs})" : text;
    }
}
