using System.Collections.Immutable;
using FedActors.Actors.Federation;

namespace FedActors.Host.Comparison;

/// <summary>Makes figures of results.</summary>
internal static class Statistics
{
    private const int Parts = 4;

    /// <summary>The figures of each policy, in the order in which the results name them first.</summary>
    /// <param name="results">Runs that evaluate the same rounds.</param>
    /// <param name="watchClass">The class that is watched, or null.</param>
    /// <param name="focus">What to look at.</param>
    public static ImmutableArray<PolicyFigures> Summarize(
        IReadOnlyCollection<RunResult> results, int? watchClass, ComparisonFocus focus)
    {
        var stages = focus.Stages ?? Milestones([.. results.First().Rounds.Select(round => round.Round)]);
        return
        [
            .. results.GroupBy(result => result.Totals.Policy)
                .Select(policy => Summarize([.. policy], stages, focus.Goals, watchClass)),
        ];
    }

    /// <summary>
    /// The rounds at which a quarter, half and three quarters of the way are done: of those that were evaluated, the first
    /// there or after. The last is left out.
    /// </summary>
    /// <param name="evaluated">Evaluated rounds, in order, at least one.</param>
    public static ImmutableArray<int> Milestones(IReadOnlyList<int> evaluated)
    {
        var last = evaluated[^1];
        return
        [
            .. Enumerable.Range(1, Parts - 1)
                .Select(part => evaluated.First(round => (long)round * Parts >= (long)last * part))
                .Where(round => round < last)
                .Distinct(),
        ];
    }

    /// <summary>The first evaluated round with at least this accuracy, or null.</summary>
    public static int? FirstRoundWith(double accuracy, IEnumerable<EvaluatedRound> rounds) =>
        rounds.FirstOrDefault(round => round.Accuracy >= accuracy)?.Round;

    private static PolicyFigures Summarize(
        ImmutableArray<RunResult> runs, ImmutableArray<int> stages, ImmutableArray<double> goals, int? watchClass)
    {
        ImmutableArray<RoundFigures> curve = [.. runs[0].Rounds.Select(evaluated => At(evaluated.Round))];
        return new PolicyFigures
        {
            Policy = runs[0].Totals.Policy,
            Accuracy = Over(runs, run => run.Totals.FinalAccuracy),
            WatchedAccuracy = watchClass is { } watched ? Over(runs, run => run.Totals.ClassAccuracy[watched]) : null,
            Curve = curve,
            Course = [.. stages.Select(stage => curve.First(evaluated => evaluated.Round == stage))],
            Goals = [.. goals.Select(Reach)],
            Seconds = new TimeFigures(
                Over(runs, run => run.Totals.TrainSeconds),
                Over(runs, run => run.Totals.InversionSeconds),
                Over(runs, run => run.Totals.EvaluationSeconds),
                Over(runs, run => run.Totals.WallSeconds)),
            MeanStaleness = Over(runs, run => run.MeanStaleness),
            StalenessCounts =
            [
                .. Enumerable.Range(0, StalenessHistogram.LowerBounds.Length)
                    .Select(bucket => runs.Sum(run => run.Totals.StalenessCounts.Counts[bucket])),
            ],
            Conversion = ConversionOf(runs),
            Runs = runs,
        };

        RoundFigures At(int round)
        {
            return new RoundFigures(
                round,
                Over(runs, run => Find(run).Accuracy),
                watchClass is { } shown ? Over(runs, run => Find(run).ClassAccuracy[shown]) : null);

            EvaluatedRound Find(RunResult run) => run.Rounds.First(evaluated => evaluated.Round == round);
        }

        GoalFigures Reach(double accuracy)
        {
            var rounds = runs.Select(run => FirstRoundWith(accuracy, run.Rounds)).OfType<int>().Select(round => (double)round).ToList();
            return new GoalFigures(accuracy, rounds.Count, Spread.OfAny(rounds));
        }
    }

    private static ConversionFigures? ConversionOf(ImmutableArray<RunResult> runs)
    {
        if (runs.All(run => run.Totals is { Conversions: 0, FailedConversions: 0 }))
        {
            return null;
        }

        var switches = runs.Select(run => run.Totals.SwitchRound).OfType<int>().Select(round => (double)round).ToList();
        var costs = runs
            .Where(run => run.Totals.Conversions > 0)
            .Select(run => run.Totals.InversionSeconds / run.Totals.Conversions)
            .ToList();
        return new ConversionFigures(
            Over(runs, run => run.Totals.Conversions),
            Over(runs, run => run.Totals.InversionIterations),
            Spread.OfAny(costs),
            Over(runs, run => run.Totals.FailedConversions),
            switches.Count,
            Spread.OfAny(switches));
    }

    private static Spread Over(ImmutableArray<RunResult> runs, Func<RunResult, double> measure) =>
        Spread.Of([.. runs.Select(measure)]);
}
