using FedActors.Host.Terminal;

namespace FedActors.Host.Tests.Terminal;

public sealed class TextTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(59.2, "59 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(7320, "2 h 2 min")]
    public void Durations_show_their_greatest_units(double seconds, string expected) =>
        Assert.Equal(expected, Text.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Shares_are_percentages_with_one_digit() => Assert.Equal("97.5%", Text.Percent(0.9749));

    [Theory]
    [InlineData(1, "1 round")]
    [InlineData(0, "0 rounds")]
    [InlineData(2, "2 rounds")]
    public void Counts_have_their_noun(long count, string expected) => Assert.Equal(expected, Text.Count(count, "round"));
}
