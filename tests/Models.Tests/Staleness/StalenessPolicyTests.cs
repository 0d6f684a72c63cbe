using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Staleness;

public sealed class StalenessPolicyTests
{
    private static readonly IStalenessDiscount[] Policies =
        [new None(), new Fresh(), new Constant(), new Polynomial(), new Hinge(), new Exponential()];

    private static readonly IStalenessPolicy[] AllPolicies =
        [.. Policies, new Drop(), new FirstOrder(), new WeightPrediction(), new Tiers(), new GradientInversion()];

    [Fact]
    public void Every_policy_equals_none_at_staleness_zero()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            var (update, model) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));
            var arrived = new ArrivedUpdate(update, Staleness: 0, model.Scale(2), model);

            Assert.All(AllPolicies, policy =>
            {
                var treated = policy.Treat(arrived);
                Assert.NotNull(treated);
                Assert.Equal(1.0, treated.Factor);
                Assert.Equal(update, treated.Update);
            });
        });
    }

    [Fact]
    public void A_discount_leaves_the_update_itself_alone_and_names_its_factor() => Assert.All(Policies, policy =>
    {
        var update = ParameterVector.FromSpan([1, -2]);
        var treated = ((IStalenessPolicy)policy).Treat(new ArrivedUpdate(update, 9, update, update));

        Assert.Same(update, treated!.Update);
        Assert.Equal(policy.Factor(9), treated.Factor);
    });

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
        Assert.Equal(
            ["none", "fresh", "constant", "polynomial", "hinge", "exponential", "drop", "first-order", "weight-prediction", "tiers", "gradient-inversion"],
            AllPolicies.Select(policy => policy.Name));

    [Fact]
    public void Policies_with_other_parameters_have_other_texts()
    {
        // The texts are part of a run's fingerprint: a checkpoint of one policy must not be taken for that of another.
        IStalenessPolicy[] others =
        [
            new None(), new Fresh(), new Constant(0.1), new Constant(0.2), new Polynomial(1), new Polynomial(2), new Hinge(1, 2),
            new Hinge(2, 1), new Exponential(1), new Exponential(2), new Drop(1), new Drop(2), new FirstOrder(1), new FirstOrder(2),
            new WeightPrediction(1), new WeightPrediction(2), new Tiers(1), new Tiers(2), new GradientInversion(),
            new GradientInversion { Fallback = new Drop(1) }, new GradientInversion { Fallback = new Drop(2) },
            new GradientInversion { Uniqueness = null }, new GradientInversion { SwitchBack = null },
            new GradientInversion { Recipe = new() { Images = 3 } }, new GradientInversion { Recipe = new() { Keep = 0.05 } },
            new GradientInversion { Recipe = new() { Cold = new(1, 1, 1, 0) } }, new GradientInversion { MinStaleness = 2 },
        ];

        Assert.Equal(others.Length, others.Select(policy => policy.ToString()).Distinct().Count());
    }

    [Fact]
    public void Drop_takes_what_is_at_its_limit_and_nothing_beyond()
    {
        var update = ParameterVector.FromSpan([1]);
        TreatedUpdate? Treat(long limit, long staleness) => new Drop(limit).Treat(new ArrivedUpdate(update, staleness, update, update));

        Assert.Equal(new TreatedUpdate(update), Treat(limit: 3, staleness: 3));
        Assert.Null(Treat(limit: 3, staleness: 4));
        Assert.Null(Treat(limit: 0, staleness: 1));
    }

    [Fact]
    public void First_order_adds_the_compensated_term_as_computed_by_hand()
    {
        // Δ − 4·Δ²·(w_t − w_v): 0.5 − 4·0.25·0.25, −0.25 − 4·0.0625·(−1), 2 − 4·4·0.
        var arrived = new ArrivedUpdate(Vector(0.5f, -0.25f, 2), 3, Start: Vector(1, 1, 1), Current: Vector(1.25f, 0, 1));

        Assert.Equal([0.25f, 0, 2], new FirstOrder().Treat(arrived)!.Update.ToArray());
        Assert.Equal([0.5f, -0.25f, 2], new FirstOrder(0).Treat(arrived)!.Update.ToArray());
    }

    [Fact]
    public void Weight_prediction_goes_on_as_the_last_steps_went()
    {
        // Two steps led from 1 to 2 and from 4 to 0; three versions later they will have led half as far again, thrice.
        var predicted = WeightPrediction.Predict(Vector(2, 0), Vector(1, 4), steps: 2, expectedStaleness: 3);

        Assert.Equal([3.5f, -6], predicted.ToArray());
        Assert.Equal([2, 0], WeightPrediction.Predict(Vector(2, 0), Vector(1, 4), steps: 2, expectedStaleness: 0).ToArray());
    }

    [Fact]
    public void What_was_computed_from_a_prediction_is_used_as_it_is()
    {
        var arrived = new ArrivedUpdate(Vector(1, 2), 30, Vector(5, 5), Vector(0, 0));

        Assert.Equal(new TreatedUpdate(arrived.Update), new WeightPrediction().Treat(arrived));
    }

    [Fact]
    public void Gradient_inversion_leaves_what_it_does_not_convert_to_its_fallback()
    {
        var arrived = new ArrivedUpdate(Vector(1, 2), 2, Vector(5, 5), Vector(0, 0));

        Assert.Equal(0.5, new GradientInversion { Fallback = new Exponential(2) }.Treat(arrived)!.Factor, 1e-15);
        Assert.Null(new GradientInversion { Fallback = new Drop(1) }.Treat(arrived));
    }

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
        Assert.Throws<ArgumentOutOfRangeException>(() => new Drop(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FirstOrder(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FirstOrder(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightPrediction(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tiers(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightPrediction.Predict(Vector(1), Vector(1), steps: 0, expectedStaleness: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightPrediction.Predict(Vector(1), Vector(1), steps: 1, expectedStaleness: -1));
    }

    private static ParameterVector Vector(params float[] values) => ParameterVector.FromSpan(values);
}
