using FedActors.Actors.Settings;
using FedActors.Host.Comparison;
using FedActors.Host.Runs;

namespace FedActors.Host.Tests.Comparison;

public sealed class ComparisonOptionsTests
{
    [Theory]
    [InlineData(1, 6, 1)]
    [InlineData(2, 6, 2)]
    [InlineData(8, 6, 6)]
    [InlineData(64, 100, 16)]
    public void There_is_a_run_for_each_worker_within_reason(int workers, int runs, int expected) =>
        Assert.Equal(expected, Options(workers).ParallelRuns(runs, ClockMode.Virtual));

    [Fact]
    public void Runs_on_the_wall_clock_do_not_disturb_each_other() =>
        Assert.Equal(1, Options(workers: 8).ParallelRuns(6, ClockMode.Wall));

    [Theory]
    [InlineData(3, 6, 3)]
    [InlineData(9, 6, 6)]
    public void The_user_may_choose_more_than_there_are_workers(int parallel, int runs, int expected) =>
        Assert.Equal(expected, (Options(workers: 1) with { Parallel = parallel }).ParallelRuns(runs, ClockMode.Virtual));

    private static ComparisonOptions Options(int workers) => new(new SessionOptions(workers, TaskThreads: 1, Verbose: false));
}
