using FedActors.Models.Staleness;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Staleness;

public sealed class StalenessPolicyTests
{
    private static readonly IStalenessDiscount[] Policies =
        [new None(), new Fresh(), new Constant(), new Polynomial(), new Hinge(), new Exponential()];

    [Fact]
    public void Every_policy_equals_none_at_staleness_zero() =>
        Assert.All(Policies, policy => Assert.Equal(1.0, policy.Factor(0)));

    [Fact]
    public void Factors_lie_in_zero_to_one_and_never_rise_with_staleness()
    {
        Properties.Hold(Gen.Choose(0, 10_000), staleness => Assert.All(Policies, policy =>
        {
            Assert.InRange(policy.Factor(staleness), 0, 1);
            Assert.True(policy.Factor(staleness + 1) <= policy.Factor(staleness));
        }));
    }

    [Fact]
    public void Defaults_give_the_values_of_the_formulas()
    {
        Assert.Equal(1, new None().Factor(40));
        Assert.Equal(0.5, new Constant().Factor(40));
        Assert.Equal(Math.Pow(41, -0.5), new Polynomial().Factor(40), 1e-15);
        Assert.Equal(1, new Hinge().Factor(4));
        Assert.Equal(1.0 / 361, new Hinge().Factor(40), 1e-15);
        Assert.Equal(0.25, new Exponential().Factor(40), 1e-15);
    }

    [Fact]
    public void Hinge_has_no_jump_upwards_where_it_begins()
    {
        // Without the + 1 of its formula a gentle slope would make an update just past b count more than a fresh one.
        var hinge = new Hinge(a: 0.25, b: 4);

        Assert.Equal(0.8, hinge.Factor(5), 1e-15);
    }

    [Fact]
    public void Factor_does_not_compound_over_calls()
    {
        Assert.All(Policies, policy =>
        {
            var first = policy.Factor(7);
            for (var round = 0; round < 10; round++)
            {
                Assert.Equal(first, policy.Factor(7));
            }
        });
    }

    [Fact]
    public void Names_are_those_of_the_settings() =>
        Assert.Equal(["none", "fresh", "constant", "polynomial", "hinge", "exponential"], Policies.Select(policy => policy.Name));

    [Fact]
    public void Negative_staleness_is_refused() =>
        Assert.All(Policies, policy => Assert.Throws<ArgumentOutOfRangeException>(() => policy.Factor(-1)));

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Polynomial(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hinge(-1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hinge(10, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(0));
    }
}
