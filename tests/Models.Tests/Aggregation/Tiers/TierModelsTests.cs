using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Parameters;

namespace FedActors.Models.Tests.Aggregation.Tiers;

public sealed class TierModelsTests
{
    [Fact]
    public void The_slowest_tier_has_the_weight_of_the_fastest_tiers_updates()
    {
        // Five updates of the fast tier, two of the middle one, one of the slow: 1/8, 2/8 and 5/8.
        var tiers = TierModels.None(3);
        for (var update = 0; update < 5; update++)
        {
            tiers = tiers.With(0, Vector(8, 0, 0));
        }

        tiers = tiers.With(1, Vector(0, 8, 0)).With(1, Vector(0, 8, 0)).With(2, Vector(0, 0, 8));

        Assert.Equal([5L, 2, 1], tiers.Updates.ToArray());
        Assert.Equal([1f, 2, 5], tiers.Average().ToArray());
    }

    [Fact]
    public void Silent_tiers_do_not_count()
    {
        var alone = TierModels.None(3).With(1, Vector(3, 4, 5));
        var two = TierModels.None(3).With(0, Vector(4, 0, 0)).With(0, Vector(4, 0, 0)).With(0, Vector(4, 0, 0)).With(2, Vector(0, 0, 4));

        Assert.Equal([3f, 4, 5], alone.Average().ToArray());
        Assert.Equal([1f, 0, 3], two.Average().ToArray());
    }

    [Fact]
    public void Only_the_newest_model_of_a_tier_counts() =>
        Assert.Equal([2f], TierModels.None(1).With(0, Vector(1)).With(0, Vector(2)).Average().ToArray());

    [Fact]
    public void Entering_a_model_leaves_the_tiers_before_as_they_were()
    {
        var before = TierModels.None(2).With(0, Vector(1));
        before.With(1, Vector(9)).With(0, Vector(7));

        Assert.Equal([1L, 0], before.Updates.ToArray());
        Assert.Equal([1f], before.Average().ToArray());
    }

    [Fact]
    public void Tiers_of_which_none_has_reported_have_no_mean() =>
        Assert.Throws<InvalidOperationException>(() => TierModels.None(2).Average());

    private static ParameterVector Vector(params float[] values) => ParameterVector.FromSpan(values);
}
