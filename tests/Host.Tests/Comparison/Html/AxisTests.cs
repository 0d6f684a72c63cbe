using FedActors.Host.Comparison.Html;

namespace FedActors.Host.Tests.Comparison.Html;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 300, 6, "0 50 100 150 200 250 300")]
    [InlineData(0, 45, 6, "0 10 20 30 40")]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 174, 8, "0 50 100 150")]
    [InlineData(0.13, 0.62, 5, "0.2 0.3 0.4 0.5 0.6")]
    [InlineData(0, 1, 2, "0 0.5 1")]
    public void Even_ticks_stand_at_round_numbers(double low, double high, int most, string expected) =>
        Assert.Equal(expected, Texts(Axis.Linear("", low, high, most)));

    [Theory]
    [InlineData(0.2, 3, "0.2 0.5 1 2")]
    [InlineData(0.03, 12, "0.05 0.1 0.2 0.5 1 2 5 10")]
    [InlineData(0.01, 1000, "0.01 0.1 1 10 100 1000")]
    public void Ticks_of_factors_stand_at_one_two_and_five(double low, double high, string expected) =>
        Assert.Equal(expected, Texts(Axis.Logarithmic("", low, high)));

    [Fact]
    public void Places_are_even_on_an_even_axis() =>
        Assert.Equal([0, 0.25, 1], new[] { 10.0, 12.5, 20 }.Select(Axis.Linear("", 10, 20, 5).Place));

    [Fact]
    public void Equal_factors_are_equal_distances_on_the_other()
    {
        var axis = Axis.Logarithmic("", 0.1, 10);

        Assert.Equal(0.5, axis.Place(1), 12);
        Assert.Equal(axis.Place(2) - axis.Place(1), axis.Place(8) - axis.Place(4), 12);
    }

    [Fact]
    public void Nothing_is_placed_beside_an_axis() =>
        Assert.Equal([0, 1], new[] { -1.0, 1.5 }.Select(Axis.Percent().Place));

    private static string Texts(Axis axis) => string.Join(' ', axis.Ticks.Select(tick => tick.Text));
}
