using FedActors.Actors.Settings;
using FedActors.Host.Comparison;
using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Comparison;

public sealed class ComparisonFocusTests
{
    private static readonly FederationSettings Settings =
        new SettingsReader(".", _ => null).Read(null, ["rounds=45", "evaluation.every=10"]).Federation;

    [Fact]
    public void Rounds_and_percentages_are_put_in_order()
    {
        var focus = ComparisonFocus.Read("40, 10", "90,82.5%", Settings);

        Assert.Equal([10, 40], focus.Stages!.Value.AsEnumerable());
        Assert.Equal([0.825, 0.9], focus.Goals.AsEnumerable());
    }

    [Fact]
    public void The_last_round_is_always_evaluated() =>
        Assert.Equal([45], ComparisonFocus.Read("45", null, Settings).Stages!.Value.AsEnumerable());

    [Fact]
    public void Without_options_the_quarters_of_the_way_are_looked_at()
    {
        var focus = ComparisonFocus.Read(null, null, Settings);

        Assert.Null(focus.Stages);
        Assert.Equal([0.5, 0.8, 0.9], focus.Goals.AsEnumerable());
    }
}
