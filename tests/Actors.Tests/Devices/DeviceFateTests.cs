using FedActors.Actors.Devices;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Devices;

public sealed class DeviceFateTests
{
    // Three standard deviations of a share of 0.3 among 4,000 draws are 0.022.
    private const double ShareTolerance = 0.022;

    [Fact]
    public void Without_dropout_nothing_ever_happens()
    {
        var fate = new DeviceFate(1, Small.NoDropout);

        Assert.All(Pairs(), pair =>
        {
            Assert.False(fate.GoesOffline(pair.Client, pair.Assignment));
            Assert.False(fate.Crashes(pair.Client, pair.Assignment, 0));
        });
    }

    [Fact]
    public void The_same_seed_client_and_assignment_meet_the_same_fate()
    {
        var settings = Small.NoDropout with { Crash = 0.3, Offline = 0.3 };
        var (first, second) = (new DeviceFate(5, settings), new DeviceFate(5, settings));

        Assert.All(Pairs(), pair =>
        {
            Assert.Equal(first.GoesOffline(pair.Client, pair.Assignment), second.GoesOffline(pair.Client, pair.Assignment));
            Assert.Equal(first.Crashes(pair.Client, pair.Assignment, 2), second.Crashes(pair.Client, pair.Assignment, 2));
        });
    }

    [Fact]
    public void Failures_are_as_frequent_as_the_settings_say()
    {
        var fate = new DeviceFate(5, Small.NoDropout with { Crash = 0.3, Offline = 0.3 });

        Assert.Equal(0.3, Pairs().Average(pair => fate.GoesOffline(pair.Client, pair.Assignment) ? 1 : 0), ShareTolerance);
        Assert.Equal(0.3, Pairs().Average(pair => fate.Crashes(pair.Client, pair.Assignment, 0) ? 1 : 0), ShareTolerance);
        Assert.Equal(0.3, Pairs().Average(pair => fate.Crashes(pair.Client, 1, (int)pair.Assignment) ? 1 : 0), ShareTolerance);
    }

    [Fact]
    public void Seeds_and_kinds_of_failure_are_independent()
    {
        var settings = Small.NoDropout with { Crash = 0.5, Offline = 0.5 };
        var (first, second) = (new DeviceFate(1, settings), new DeviceFate(2, settings));

        Assert.Contains(Pairs(), pair =>
            first.GoesOffline(pair.Client, pair.Assignment) != second.GoesOffline(pair.Client, pair.Assignment));
        Assert.Contains(Pairs(), pair =>
            first.GoesOffline(pair.Client, pair.Assignment) != first.Crashes(pair.Client, pair.Assignment, 0));
    }

    private static IEnumerable<(int Client, long Assignment)> Pairs() =>
        from client in Enumerable.Range(0, 20) from assignment in Enumerable.Range(1, 200) select (client, (long)assignment);
}
