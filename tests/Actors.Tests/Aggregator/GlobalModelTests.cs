using FedActors.Actors.Aggregator;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class GlobalModelTests
{
    private static readonly AggregationSettings Mean = new(new MeanRule(), new NoServerOptimizer());

    public static TheoryData<string> Policies => ["fresh", "none", "constant", "polynomial", "hinge", "exponential"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Without_staleness_every_policy_equals_none(string name)
    {
        foreach (var discount in Enum.GetValues<DiscountTarget>())
        {
            var expected = Aggregate(new None(), discount, baseVersion: 0, Updates(4, 1));
            var actual = Aggregate(Policy(name), discount, baseVersion: 0, Updates(4, 1));

            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Staleness_counts_from_the_version_before_the_aggregation()
    {
        var model = new GlobalModel(ParameterVector.Zeros(2), new(new None(), DiscountTarget.Update), Mean);
        long Take(long baseVersion)
        {
            var staleness = model.StalenessOf(Given(baseVersion));
            model.Take(Given(baseVersion), Delivered(Vector(1, 1)), model.Parameters);
            return staleness;
        }


        Assert.Equal(0, Take(0));
        Assert.Equal(0, Take(0));
        Assert.True(model.Aggregate());
        Assert.Equal(1, model.Version);
        Assert.Equal(0, Take(1));
        Assert.Equal(1, Take(0));
    }

    [Fact]
    public void A_stale_update_is_discounted_by_the_policy()
    {
        var model = new GlobalModel(ParameterVector.Zeros(2), new(new Exponential(1), DiscountTarget.Update), Mean);
        model.Take(Given(0), Delivered(Vector(0, 0)), model.Parameters);
        model.Aggregate();
        model.Take(Given(0), Delivered(Vector(8, 4)), model.Parameters);
        model.Aggregate();

        Assert.Equal(Vector(4, 2), model.Parameters);
    }

    [Fact]
    public void An_empty_buffer_changes_nothing()
    {
        var model = new GlobalModel(Vector(1, 2), new(new None(), DiscountTarget.Update), new(new MeanRule(), new AdamServerOptimizer()));
        var before = (model.Version, model.Parameters, model.Optimizer);

        Assert.False(model.Aggregate());
        Assert.Equal(before, (model.Version, model.Parameters, model.Optimizer));
    }

    [Fact]
    public void An_aggregated_update_is_not_aggregated_again()
    {
        var model = new GlobalModel(Vector(0, 0), new(new None(), DiscountTarget.Update), Mean);
        model.Take(Given(0), Delivered(Vector(1, 1)), model.Parameters);

        Assert.True(model.Aggregate());
        Assert.False(model.Aggregate());
        Assert.Equal(Vector(1, 1), model.Parameters);
    }

    [Fact]
    public void A_restored_model_goes_on_to_the_same_bits()
    {
        Properties.Hold(Gen.Choose(1, 1000), seed =>
        {
            var aggregation = new AggregationSettings(new MeanRule(), new YogiServerOptimizer());
            var staleness = new StalenessSettings(new Polynomial(), DiscountTarget.Weight);
            var model = new GlobalModel(Small.Vector(8, 1), staleness, aggregation);
            Feed(model, Updates(3, (ulong)seed));

            var restored = new GlobalModel(Small.Vector(8, 2), staleness, aggregation);
            restored.Restore(model.Version, model.Parameters, model.Optimizer);
            Feed(model, Updates(3, 5));
            Feed(restored, Updates(3, 5));

            Assert.Equal(model.Parameters, restored.Parameters);
            Assert.Equal(model.Version, restored.Version);
        });
    }

    private static ParameterVector Aggregate(
        IStalenessPolicy policy, DiscountTarget discount, long baseVersion, IEnumerable<ParameterVector> updates)
    {
        var model = new GlobalModel(Small.Vector(8, 9), new(policy, discount), Mean);
        foreach (var update in updates)
        {
            model.Take(Given(baseVersion), Delivered(update), model.Parameters);
        }

        model.Aggregate();
        return model.Parameters;
    }

    private static void Feed(GlobalModel model, IEnumerable<ParameterVector> updates)
    {
        foreach (var update in updates)
        {
            model.Take(Given(Math.Max(0, model.Version - 1)), Delivered(update), model.Parameters);
        }

        model.Aggregate();
    }

    private static IStalenessPolicy Policy(string name) => name switch
    {
        "fresh" => new Fresh(),
        "none" => new None(),
        "constant" => new Constant(0.3),
        "polynomial" => new Polynomial(),
        "hinge" => new Hinge(),
        _ => new Exponential(),
    };

    private static IEnumerable<ParameterVector> Updates(int count, ulong seed) =>
        Enumerable.Range(0, count).Select(index => Small.Vector(8, seed + (ulong)index));

    private static ParameterVector Vector(params float[] values) => ParameterVector.FromSpan(values);

    private static Assignment Given(long baseVersion) => new(1, 0, baseVersion, 0, TimeSpan.Zero);

    private static AssignmentOutcome.Delivered Delivered(ParameterVector update) => new(update, 10, Small.Metrics);
}
