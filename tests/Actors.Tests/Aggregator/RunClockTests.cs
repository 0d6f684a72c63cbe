using FedActors.Actors.Aggregator;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class RunClockTests
{
    [Fact]
    public void Time_goes_on_from_where_the_interrupted_run_was()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromHours(1));
        var clock = new RunClock(time, secondsBefore: 10, federationTimeBefore: TimeSpan.FromSeconds(8));

        Assert.Equal(10, clock.WallSeconds);
        Assert.Equal(TimeSpan.FromSeconds(8), clock.FederationTime);

        time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(12.5, clock.WallSeconds);
        Assert.Equal(TimeSpan.FromSeconds(10.5), clock.FederationTime);
    }
}
