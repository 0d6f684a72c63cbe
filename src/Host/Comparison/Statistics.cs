using System.Collections.Immutable;

namespace FedActors.Host.Comparison;

/// <summary>Makes figures of results.</summary>
internal static class Statistics
{
    private const int Parts = 4;

    /// <summary>The accuracies of which is told when they were reached.</summary>
    public static ImmutableArray<double> Goals { get; } = [0.5, 0.8, 0.9];

    /// <summary>The figures of each policy, in the order in which the results name them first.</summary>
    /// <param name="results">Runs that evaluate the same rounds.</param>
    /// <param name="watchClass">The class that is watched, or null.</param>
    public static ImmutableArray<PolicyFigures> Summarize(IReadOnlyCollection<RunResult> results, int? watchClass)
    {
        var rounds = Milestones([.. results.First().Rounds.Select(round => round.Round)]);
        return [.. results.GroupBy(result => result.Totals.Policy).Select(policy => Summarize([.. policy], rounds, watchClass))];
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

    private static PolicyFigures Summarize(ImmutableArray<RunResult> runs, ImmutableArray<int> milestones, int? watchClass)
    {
        return new PolicyFigures(
            runs[0].Totals.Policy,
            Over(run => run.Totals.FinalAccuracy),
            watchClass is { } watched ? Over(run => run.Totals.ClassAccuracy[watched]) : null,
            [.. milestones.Select(At)],
            [.. Goals.Select(Reach)],
            Over(run => run.Totals.TrainSeconds),
            Over(run => run.Totals.WallSeconds),
            runs);

        Spread Over(Func<RunResult, double> measure) => Spread.Of([.. runs.Select(measure)]);

        RoundFigures At(int round)
        {
            return new RoundFigures(
                round,
                Over(run => Find(run).Accuracy),
                watchClass is { } shown ? Over(run => Find(run).ClassAccuracy[shown]) : null);

            EvaluatedRound Find(RunResult run) => run.Rounds.First(evaluated => evaluated.Round == round);
        }

        GoalFigures Reach(double accuracy)
        {
            var rounds = runs.Select(run => FirstRoundWith(accuracy, run.Rounds)).OfType<int>().Select(round => (double)round).ToList();
            return new GoalFigures(accuracy, rounds.Count, rounds.Count > 0 ? Spread.Of(rounds) : null);
        }
    }
}
