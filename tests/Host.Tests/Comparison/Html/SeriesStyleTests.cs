using FedActors.Host.Comparison.Html;

namespace FedActors.Host.Tests.Comparison.Html;

public sealed class SeriesStyleTests
{
    [Fact]
    public void No_two_of_sixteen_policies_look_alike()
    {
        var styles = SeriesStyle.Of([.. Enumerable.Range(0, 16).Select(index => $"policy-{index}")]);

        Assert.Equal(16, styles.Select(style => (style.Color, style.Dashes)).Distinct().Count());
        Assert.Equal(16, styles.Select(style => style.Key).Distinct().Count());
    }

    [Fact]
    public void The_reference_takes_no_colour_from_the_others() =>
        Assert.Equal(["c-0", "c-reference", "c-1"], SeriesStyle.Of(["none", "fresh", "hinge"]).Select(style => style.Color));
}
