using FedActors.Host.Comparison;

namespace FedActors.Host.Tests.Comparison;

public sealed class SpreadTests
{
    [Fact]
    public void The_deviation_is_that_of_a_sample()
    {
        // Mean 5; squares 9 + 1 + 1 + 9 = 20, over 3.
        var spread = Spread.Of([2.0, 4.0, 6.0, 8.0]);

        Assert.Equal(5, spread.Mean);
        Assert.Equal(2.581988897471611, spread.Deviation!.Value, 12);
    }

    [Fact]
    public void A_single_run_has_no_deviation() => Assert.Equal(new Spread(3, null), Spread.Of([3.0]));

    [Fact]
    public void Equal_runs_have_deviation_zero() => Assert.Equal(new Spread(0.5, 0), Spread.Of([0.5, 0.5, 0.5]));
}
