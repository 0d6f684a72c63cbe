using FedActors.Actors.Aggregator;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Aggregator;

/// <summary>Updates that wait for the corrector in the buffer, and the tiers' models.</summary>
public sealed class ReservedPlaceTests
{
    private const int Length = 64;

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 3, 1)]
    public void Updates_are_aggregated_in_the_order_of_arrival_whichever_was_corrected_first(params int[] answers)
    {
        var expected = Model();
        for (var id = 1; id <= 4; id++)
        {
            expected.Reserve(Given(id), id, Vector(0));
            expected.Fill(id, new TreatedUpdate(Vector(id)));
        }

        var model = Model();
        for (var id = 1; id <= 3; id++)
        {
            model.Reserve(Given(id), id, Vector(0));
        }

        model.Take(Given(4), new AssignmentOutcome.Delivered(Vector(4), 4, Small.Metrics), Vector(0));
        Assert.Equal((1, 3), (model.Ready, model.Pending));
        foreach (var id in answers)
        {
            model.Fill(id, new TreatedUpdate(Vector(id)));
        }

        Assert.Equal((4, 0), (model.Ready, model.Pending));
        expected.Aggregate();
        model.Aggregate();
        Assert.Equal(expected.Parameters, model.Parameters);
    }

    [Fact]
    public void What_is_not_ready_keeps_its_place_for_the_next_version()
    {
        var model = Model();
        model.Reserve(Given(1), 1, Vector(0));
        Assert.False(model.Aggregate());
        model.Reserve(Given(2), 1, Vector(0));
        model.Fill(2, new TreatedUpdate(Vector(2)));
        Assert.True(model.Aggregate());
        Assert.Equal((1L, 0, 1), (model.Version, model.Ready, model.Pending));

        model.Fill(1, new TreatedUpdate(Vector(1)));
        Assert.True(model.Aggregate());
        Assert.Equal(Vector(0).Add(Vector(2)).Add(Vector(1)), model.Parameters);
    }

    [Fact]
    public void A_place_is_filled_once_and_nothing_gives_it_up()
    {
        var model = Model();
        model.Reserve(Given(1), 1, Vector(0));
        model.Reserve(Given(2), 1, Vector(0));

        Assert.Equal(1, model.Fill(1, null)!.Id);
        Assert.Null(model.Fill(1, new TreatedUpdate(Vector(1))));
        Assert.Equal(2, model.Fill(2, new TreatedUpdate(Vector(2)))!.Id);
        Assert.Null(model.Fill(2, new TreatedUpdate(Vector(3))));
        Assert.Null(model.Fill(3, null));
        Assert.Equal((1, 0), (model.Ready, model.Pending));
    }

    [Fact]
    public void Each_tier_has_a_model_of_its_own_and_the_slow_one_weighs_more()
    {
        // Clients 0 and 1 are fast, client 2 is slow.
        var model = new GlobalModel(
            ParameterVector.FromSpan([0]), new StalenessSettings(new Tiers(2), DiscountTarget.Update), Mean, [0, 0, 1]);
        Report(model, client: 0, update: 2);
        Report(model, client: 1, update: 4);
        Assert.Equal(6, model.Parameters.Span[0]);

        // The slow client started from 0 and ended at 12. Its tier has one update, the fast one two: (1·6 + 2·12)/3.
        model.Take(new Assignment(9, 2, 0, 0, TimeSpan.Zero), Update(12), ParameterVector.FromSpan([0]));
        model.Aggregate();

        Assert.Equal(10, model.Parameters.Span[0]);
        Assert.Equal([2L, 1], model.Tiers!.Updates.ToArray());
    }

    [Fact]
    public void Clients_of_one_tier_that_report_together_are_one_update_of_it()
    {
        var model = new GlobalModel(
            ParameterVector.FromSpan([1]), new StalenessSettings(new Tiers(2), DiscountTarget.Update), Mean, [0, 0, 1]);
        model.Take(new Assignment(1, 0, 0, 0, TimeSpan.Zero), Update(2), model.Parameters);
        model.Take(new Assignment(2, 1, 0, 0, TimeSpan.Zero), Update(4), model.Parameters);
        model.Aggregate();

        Assert.Equal(4, model.Parameters.Span[0]);
        Assert.Equal([1L, 0], model.Tiers!.Updates.ToArray());
    }

    private static AggregationSettings Mean => new(new MeanRule(), new NoServerOptimizer());

    private static GlobalModel Model() => new(
        Vector(0),
        new StalenessSettings(Small.Inversion, DiscountTarget.Update),
        new AggregationSettings(new SampleWeightedMeanRule(), new NoServerOptimizer()));

    private static void Report(GlobalModel model, int client, float update)
    {
        model.Take(new Assignment(client + 1, client, model.Version, 0, TimeSpan.Zero), Update(update), model.Parameters);
        model.Aggregate();
    }

    private static AssignmentOutcome.Delivered Update(float value) => new(ParameterVector.FromSpan([value]), 10, Small.Metrics);

    private static Assignment Given(long id) => new(id, 0, 0, 0, TimeSpan.Zero);

    private static ParameterVector Vector(int seed) => Small.Vector(Length, (ulong)seed + 50);
}
