using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Settings;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("2s", 2)]
    [InlineData("1.5 s", 1.5)]
    [InlineData("3 minutes", 180)]
    [InlineData("2h", 7200)]
    [InlineData("1 day", 86400)]
    [InlineData("0", 0)]
    public void A_number_with_a_unit_is_a_duration(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("5 parsecs")]
    [InlineData("1.2.3s")]
    [InlineData("999999999999d")]
    public void Anything_else_is_not(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("1 round", 2)]
    [InlineData("40 rounds", 80)]
    [InlineData("0.5rounds", 1)]
    public void Rounds_are_multiples_of_their_duration(string text, double seconds)
    {
        Assert.True(Durations.TryParseRounds(text, TimeSpan.FromSeconds(2), out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }
}
