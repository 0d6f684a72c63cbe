using FedActors.Host.Terminal;

namespace FedActors.Host.Tests.Terminal;

public sealed class SparklineTests
{
    [Fact]
    public void The_curve_rises_with_the_share() =>
        Assert.Equal("▁▃▆█", Sparkline.Draw([(1, 0), (2, 0.3), (3, 0.7), (4, 1)], rounds: 4, width: 4));

    [Fact]
    public void What_is_to_come_is_blank() =>
        Assert.Equal("▁█  ", Sparkline.Draw([(10, 0), (20, 1)], rounds: 40, width: 4));

    [Fact]
    public void Between_evaluations_the_curve_stays_where_it_was() =>
        Assert.Equal(" ▁▁█", Sparkline.Draw([(20, 0), (40, 1)], rounds: 40, width: 4));

    [Fact]
    public void A_cell_shows_the_newest_of_its_points() =>
        Assert.Equal("▅█", Sparkline.Draw([(1, 0), (2, 0.5), (3, 0), (4, 1)], rounds: 4, width: 2));

    [Fact]
    public void Nothing_is_drawn_of_what_is_not_a_number() =>
        Assert.Equal(" █", Sparkline.Draw([(1, double.NaN), (2, 2)], rounds: 2, width: 2));
}
