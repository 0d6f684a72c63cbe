using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Aggregation;

public sealed class AggregationRuleTests
{
    private static readonly IAggregationRule[] Rules =
        [new MeanRule(), new SampleWeightedMeanRule(), new CoordinateMedianRule(), new TrimmedMeanRule(0.2)];

    private static readonly DiscountTarget[] Targets = [DiscountTarget.Update, DiscountTarget.Weight];

    private static Gen<WeightedUpdate[]> FreshUpdates { get; } = Gen.Choose(1, 9).SelectMany(Many);

    [Fact]
    public void One_fresh_update_is_its_own_aggregate()
    {
        Properties.Hold(Properties.Floats, values =>
        {
            var update = new WeightedUpdate(ParameterVector.FromSpan(values), 3, 1);

            Assert.All(Rules, rule => Assert.All(Targets, target => Assert.Equal(values, rule.Combine([update], target).ToArray())));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1029)]
    public void A_weighted_mean_is_summed_in_float64_in_the_order_of_the_updates_at_any_length(int length)
    {
        var random = new Random(length);
        WeightedUpdate[] updates =
        [
            .. Enumerable.Range(1, 5).Select(samples => new WeightedUpdate(
                ParameterVector.Create(length, values =>
                {
                    foreach (ref var value in values)
                    {
                        value = random.NextSingle() - 0.5f;
                    }
                }),
                samples,
                1)),
        ];

        var expected = Enumerable.Range(0, length).Select(index =>
            (float)(updates.Aggregate(0.0, (sum, update) => sum + ((double)update.Samples * update.Update.Span[index])) / 15));

        Assert.Equal(expected, new SampleWeightedMeanRule().Combine(updates, DiscountTarget.Update).ToArray());
    }

    [Fact]
    public void Equal_updates_are_their_own_aggregate()
    {
        Properties.Hold(Properties.Floats, values =>
        {
            var update = new WeightedUpdate(ParameterVector.FromSpan(values), 3, 1);

            Assert.All(Rules, rule => Assert.All(Targets, target =>
                Assert.Equal(values, rule.Combine([update, update, update, update], target).ToArray())));
        });
    }

    [Fact]
    public void Aggregate_lies_between_the_smallest_and_the_greatest_update()
    {
        Properties.Hold(FreshUpdates, updates => Assert.All(Rules, rule =>
        {
            var combined = rule.Combine(updates, DiscountTarget.Update);
            for (var coordinate = 0; coordinate < combined.Length; coordinate++)
            {
                // One unit in the last place for the rounding of the quotient to float32.
                var low = MathF.BitDecrement(updates.Min(update => update.Update.Span[coordinate]));
                var high = MathF.BitIncrement(updates.Max(update => update.Update.Span[coordinate]));
                Assert.InRange(combined.Span[coordinate], low, high);
            }
        }));
    }

    [Fact]
    public void Without_discounts_the_target_does_not_matter()
    {
        Properties.Hold(FreshUpdates, updates => Assert.All(Rules, rule =>
            Assert.Equal(rule.Combine(updates, DiscountTarget.Update), rule.Combine(updates, DiscountTarget.Weight))));
    }

    [Fact]
    public void Order_of_the_list_does_not_matter_beyond_rounding()
    {
        Properties.Hold(FreshUpdates, updates => Assert.All(Rules, rule =>
        {
            var forward = rule.Combine(updates, DiscountTarget.Update);
            var backward = rule.Combine([.. updates.Reverse()], DiscountTarget.Update);

            // Values reach 244: a float64 sum rounded to float32 differs by one unit in the last place at most.
            Assert.InRange(forward.Subtract(backward).MaxAbs(), 0, 2e-5f);
        }));
    }

    [Fact]
    public void Discount_on_the_update_leaves_the_divisor_at_the_plain_count()
    {
        // A known mistake: dividing by the sum of discounts would give back the undiscounted update of a lone client.
        WeightedUpdate[] updates = [Update(8, discount: 0.25), Update(2, discount: 1)];

        Assert.Equal([2], new MeanRule().Combine(updates, DiscountTarget.Update).ToArray());
        Assert.Equal([2], new MeanRule().Combine([Update(8, discount: 0.25)], DiscountTarget.Update).ToArray());
    }

    [Fact]
    public void Discount_on_the_weight_is_normalised_away_for_a_lone_client()
    {
        WeightedUpdate[] updates = [Update(8, discount: 0.25), Update(2, discount: 1)];

        Assert.Equal([3.2f], new MeanRule().Combine(updates, DiscountTarget.Weight).ToArray());
        Assert.Equal([8], new MeanRule().Combine([Update(8, discount: 0.25)], DiscountTarget.Weight).ToArray());
    }

    [Fact]
    public void Discounted_sum_is_not_divided_by_the_count_twice()
    {
        // A known mistake: normalised weights already sum to one, a further division shrinks the step with every client.
        WeightedUpdate[] updates = [Update(4, discount: 0.5), Update(4, discount: 0.5), Update(4, discount: 0.5), Update(4, discount: 0.5)];

        Assert.Equal([4], new MeanRule().Combine(updates, DiscountTarget.Weight).ToArray());
        Assert.Equal([2], new MeanRule().Combine(updates, DiscountTarget.Update).ToArray());
    }

    [Fact]
    public void Samples_weigh_only_in_the_sample_weighted_mean()
    {
        WeightedUpdate[] updates = [Update(8, samples: 1), Update(4, samples: 3)];

        Assert.Equal([5], new SampleWeightedMeanRule().Combine(updates, DiscountTarget.Update).ToArray());
        Assert.Equal([6], new MeanRule().Combine(updates, DiscountTarget.Update).ToArray());
    }

    [Fact]
    public void Sample_weights_and_discounts_multiply()
    {
        WeightedUpdate[] updates = [Update(8, samples: 1, discount: 1), Update(4, samples: 3, discount: 0.5)];

        Assert.Equal([(8 + 6) / 4f], new SampleWeightedMeanRule().Combine(updates, DiscountTarget.Update).ToArray());
        Assert.Equal([(8 + 6) / 2.5f], new SampleWeightedMeanRule().Combine(updates, DiscountTarget.Weight).ToArray());
    }

    [Fact]
    public void Median_and_trimmed_mean_ignore_one_wild_client()
    {
        WeightedUpdate[] updates = [Update(1), Update(2), Update(3), Update(4), Update(1e30f)];

        Assert.Equal([3], new CoordinateMedianRule().Combine(updates, DiscountTarget.Update).ToArray());
        Assert.Equal([3], new TrimmedMeanRule(0.2).Combine(updates, DiscountTarget.Update).ToArray());
    }

    [Fact]
    public void Median_of_an_even_count_is_the_mean_of_the_middle_two()
    {
        WeightedUpdate[] updates = [Update(7), Update(1), Update(2), Update(4)];

        Assert.Equal([3], new CoordinateMedianRule().Combine(updates, DiscountTarget.Update).ToArray());
        Assert.Equal([3], new CoordinateMedianRule().Combine(updates, DiscountTarget.Weight).ToArray());
    }

    [Fact]
    public void Weighted_median_follows_the_weight()
    {
        WeightedUpdate[] updates = [Update(1, discount: 0.1), Update(2, discount: 0.1), Update(9, discount: 1)];

        Assert.Equal([9], new CoordinateMedianRule().Combine(updates, DiscountTarget.Weight).ToArray());
    }

    [Fact]
    public void Updates_that_all_count_nothing_change_nothing()
    {
        WeightedUpdate[] updates = [Update(8, discount: 0), Update(2, discount: 0)];

        Assert.All(Rules, rule => Assert.All(Targets, target => Assert.Equal([0], rule.Combine(updates, target).ToArray())));
    }

    [Fact]
    public void Impossible_lists_are_refused()
    {
        var longer = new WeightedUpdate(ParameterVector.Zeros(2), 1, 1);
        Assert.All(Rules, rule =>
        {
            Assert.Throws<ArgumentException>(() => rule.Combine([], DiscountTarget.Update));
            Assert.Throws<ArgumentException>(() => rule.Combine([Update(1), longer], DiscountTarget.Update));
            Assert.Throws<ArgumentException>(() => rule.Combine([Update(1, samples: 0)], DiscountTarget.Update));
            Assert.Throws<ArgumentException>(() => rule.Combine([Update(1, discount: -1)], DiscountTarget.Update));
            Assert.Throws<ArgumentException>(() => rule.Combine([Update(1, discount: double.NaN)], DiscountTarget.Update));
        });
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void Impossible_fractions_are_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrimmedMeanRule(fraction));

    private static WeightedUpdate Update(float value, int samples = 10, double discount = 1) =>
        new(ParameterVector.FromSpan([value]), samples, discount);

    private static Gen<WeightedUpdate[]> Many(int count) =>
        Properties.FloatsOf(5)
            .SelectMany(values => Gen.Choose(1, 500).Select(samples => new WeightedUpdate(ParameterVector.FromSpan(values), samples, 1)))
            .ArrayOf(count);
}
