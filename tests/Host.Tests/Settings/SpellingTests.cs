using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Settings;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("sede", "seed")]
    [InlineData("ronds", "rounds")]
    [InlineData("learning_rate", "learning-rate")]
    [InlineData("zzzzzz", null)]
    public void The_nearest_word_is_proposed_if_it_is_near(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["seed", "rounds", "learning-rate"]));
}
