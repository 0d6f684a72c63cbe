using FedActors.Host.Comparison;
using FedActors.Host.Errors;

namespace FedActors.Host.Tests.Comparison;

public sealed class OptionListTests
{
    [Fact]
    public void Items_stand_between_commas_with_or_without_spaces() =>
        Assert.Equal(["fresh", "none"], OptionList.Read("--policies", "fresh, none"));

    [Theory]
    [InlineData("", "--policies is empty")]
    [InlineData("fresh,,none", "between two commas")]
    [InlineData("fresh,", "between two commas")]
    [InlineData("fresh,none,fresh", "fresh more than once")]
    public void Gaps_and_repetitions_are_refused(string text, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<UsageException>(() => OptionList.Read("--policies", text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Items_that_mean_the_same_are_repetitions() =>
        Assert.Throws<UsageException>(() => OptionList.Read("--seeds", "1,01", seed => seed.TrimStart('0')));
}
