using System.Collections.Immutable;
using FedActors.Host.Comparison;

namespace FedActors.Host.Tests.Comparison;

public sealed class StatisticsTests
{
    private static readonly RunResult[] Sample =
    [
        Results.Of("fresh", 1, seconds: 4, 0.40, 0.60, 0.80, 0.90),
        Results.Of("fresh", 2, seconds: 8, 0.60, 0.70, 0.70, 0.70),
        Results.Of("none", 1, seconds: 6, 0.10, 0.20, 0.30, 0.40),
        Results.Of("none", 2, seconds: 6, 0.10, 0.20, 0.30, 0.40),
    ];

    [Fact]
    public void Policies_stay_in_their_order_with_all_their_seeds()
    {
        var figures = Summarize(watchClass: null);

        Assert.Equal(["fresh", "none"], figures.Select(policy => policy.Policy));
        Assert.Equal([1UL, 2UL], figures[1].Runs.Select(run => run.Totals.Seed));
    }

    [Fact]
    public void The_end_is_that_of_the_summaries()
    {
        var fresh = Summarize(watchClass: 1)[0];

        AssertSpread(0.80, 0.1 * Math.Sqrt(2), fresh.Accuracy);
        AssertSpread(0.40, 0.05 * Math.Sqrt(2), fresh.WatchedAccuracy!);
        AssertSpread(6, 2 * Math.Sqrt(2), fresh.Seconds.Wall);
        AssertSpread(3, Math.Sqrt(2), fresh.Seconds.Training);
    }

    [Fact]
    public void The_course_is_measured_at_each_quarter_of_the_way()
    {
        var course = Summarize(watchClass: 0)[0].Course;

        Assert.Equal([10, 20, 30], course.Select(stage => stage.Round));
        AssertSpread(0.65, 0.05 * Math.Sqrt(2), course[1].Accuracy);
        AssertSpread(0.975, 0.075 * Math.Sqrt(2), course[1].WatchedAccuracy!);
    }

    [Fact]
    public void Without_a_watched_class_there_are_no_figures_of_it()
    {
        var fresh = Summarize(watchClass: null)[0];

        Assert.Null(fresh.WatchedAccuracy);
        Assert.All(fresh.Course, stage => Assert.Null(stage.WatchedAccuracy));
    }

    [Fact]
    public void Goals_count_the_runs_that_reached_them()
    {
        var figures = Summarize(watchClass: null);

        Assert.Equal([0.5, 0.8, 0.9], figures[0].Goals.Select(goal => goal.Accuracy));
        Assert.Equal([2, 1, 1], figures[0].Goals.Select(goal => goal.Reached));
        AssertSpread(15, 5 * Math.Sqrt(2), figures[0].Goals[0].Rounds!);
        Assert.Equal(new Spread(30, null), figures[0].Goals[1].Rounds);
        Assert.Equal(new Spread(40, null), figures[0].Goals[2].Rounds);
        Assert.All(figures[1].Goals, goal => Assert.Equal((0, null), (goal.Reached, goal.Rounds)));
    }

    [Theory]
    [InlineData(new[] { 10, 20, 30, 40, 50, 60, 70, 80 }, new[] { 20, 40, 60 })]
    [InlineData(new[] { 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 }, new[] { 6, 10, 16 })]
    [InlineData(new[] { 10, 20 }, new[] { 10 })]
    [InlineData(new[] { 10, 12 }, new[] { 10 })]
    [InlineData(new[] { 7 }, new int[0])]
    public void Milestones_are_evaluated_rounds_before_the_last(int[] evaluated, int[] expected) =>
        Assert.Equal(expected, Statistics.Milestones(evaluated));

    [Fact]
    public void Stages_and_goals_may_be_chosen()
    {
        var fresh = Statistics.Summarize(Sample, watchClass: null, new ComparisonFocus([20, 40], [0.65]))[0];

        Assert.Equal([20, 40], fresh.Course.Select(stage => stage.Round));
        Assert.Equal((0.65, 2), (fresh.Goals[0].Accuracy, fresh.Goals[0].Reached));
        AssertSpread(25, 5 * Math.Sqrt(2), fresh.Goals[0].Rounds!);
    }

    [Fact]
    public void The_curve_has_every_evaluated_round() =>
        Assert.Equal([10, 20, 30, 40], Summarize(watchClass: null)[0].Curve.Select(figures => figures.Round));

    [Fact]
    public void Conversions_are_counted_where_there_were_any()
    {
        RunResult[] results =
        [
            Results.Converting(Sample[0], switchRound: 30), Results.Converting(Sample[1], switchRound: null), Sample[2], Sample[3],
        ];

        var figures = Statistics.Summarize(results, watchClass: null, ComparisonFocus.Usual);

        var conversion = figures[0].Conversion!;
        Assert.Equal(new Spread(20, 0), conversion.Conversions);
        Assert.Equal(new Spread(300, 0), conversion.Iterations);
        Assert.Equal(new Spread(0.25, 0), conversion.SecondsEach);
        Assert.Equal(new Spread(1, 0), conversion.Failed);
        Assert.Equal((1, new Spread(30, null)), (conversion.Switched, conversion.SwitchRound));
        Assert.Equal(new Spread(10, 0), figures[0].MeanStaleness);
        Assert.Equal([6, 0, 0, 0, 0, 0, 2, 0, 0], figures[0].StalenessCounts.AsEnumerable());
        Assert.Null(figures[1].Conversion);
    }

    [Fact]
    public void Mean_staleness_weighs_rounds_by_their_updates()
    {
        var run = Sample[0] with
        {
            Rounds =
            [
                Sample[0].Rounds[0] with { Updates = 1, MeanStaleness = 8 }, Sample[0].Rounds[1] with { Updates = 3, MeanStaleness = 0 },
            ],
        };

        Assert.Equal(2, run.MeanStaleness);
    }

    private static ImmutableArray<PolicyFigures> Summarize(int? watchClass) =>
        Statistics.Summarize(Sample, watchClass, ComparisonFocus.Usual);

    private static void AssertSpread(double mean, double deviation, Spread spread)
    {
        Assert.Equal(mean, spread.Mean, 12);
        Assert.Equal(deviation, spread.Deviation!.Value, 12);
    }
}
