using FedActors.Actors.Aggregator;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Aggregator;

/// <summary>Mistakes that other systems were seen to make with stale updates; none may come in here.</summary>
public sealed class KnownMistakeTests
{
    [Fact]
    public void A_discount_does_not_multiply_the_mixing_rate_in_place_and_so_compound_over_rounds()
    {
        // Each version adds half a stale update of 8 at rate 0.5. A rate that shrank with every discount would add 2, 1, 0.5.
        var model = Model(new Constant(0.5), new NoServerOptimizer(0.5));
        Step(model, 0, Vector(0));
        var moves = new List<float>();
        for (var version = 1; version <= 4; version++)
        {
            var before = model.Parameters.Span[0];
            Step(model, 0, Vector(8));
            moves.Add(model.Parameters.Span[0] - before);
        }

        Assert.Equal([2f, 2, 2, 2], moves);
    }

    [Fact]
    public void A_discount_does_not_outlast_the_stale_update_it_was_for()
    {
        var model = Model(new Constant(0.5));
        Step(model, 0, Vector(8));
        Step(model, 0, Vector(8));
        Step(model, 2, Vector(8));

        Assert.Equal(Vector(8 + 4 + 8), model.Parameters);
    }

    [Fact]
    public void Whole_weights_are_not_added_where_updates_were_meant()
    {
        var model = Model(new None(), initial: Vector(100));
        Step(model, 0, Vector(1));

        Assert.Equal(Vector(101), model.Parameters);
    }

    [Fact]
    public void A_buffer_averages_updates_and_not_the_models_that_clients_ended_with()
    {
        // The mean of the clients' models, 0 + 4 and 10 + 2, would pull back what the model learned: 8, not 13.
        var model = Model(new None());
        Step(model, 0, Vector(10));
        model.Take(Given(0), Delivered(Vector(4)), Vector(0));
        model.Take(Given(1), Delivered(Vector(2)), Vector(10));
        model.Aggregate();

        Assert.Equal(Vector(13), model.Parameters);
    }

    [Fact]
    public void Models_are_averaged_where_the_settings_say_so()
    {
        var model = Model(new None(), contribution: ContributionKind.Models);
        Step(model, 0, Vector(10));
        model.Take(Given(0), Delivered(Vector(4)), Vector(0));
        model.Take(Given(1), Delivered(Vector(2)), Vector(10));
        model.Aggregate();

        Assert.Equal(Vector(8), model.Parameters);
    }

    [Fact]
    public void The_version_is_not_raised_before_staleness_is_computed_so_that_a_fresh_update_looks_stale()
    {
        // A fresh update under policy drop, which would lose every one of them.
        var model = Model(new Drop(0));
        for (var version = 0; version < 3; version++)
        {
            Assert.True(model.Take(Given(version), Delivered(Vector(1)), model.Parameters));
            Assert.True(model.Aggregate());
        }

        Assert.False(model.Take(Given(2), Delivered(Vector(1)), model.Parameters));
        Assert.Equal(Vector(3), model.Parameters);
    }

    [Fact]
    public void A_discounted_sum_is_not_divided_by_the_sum_of_its_discounts()
    {
        // (8·0.5 + 2)/2, not (8·0.5 + 2)/1.5: a discounted update moves the model less.
        var model = Model(new Constant(0.5));
        Step(model, 0, Vector(0));
        model.Take(Given(0), Delivered(Vector(8)), Vector(0));
        model.Take(Given(1), Delivered(Vector(2)), Vector(0));
        model.Aggregate();

        Assert.Equal(Vector(3), model.Parameters);
    }

    [Fact]
    public void A_discount_meant_for_the_weight_is_not_divided_by_the_plain_count()
    {
        // (8·0.5 + 2·1)/1.5, not /2.
        var model = Model(new Constant(0.5), discount: DiscountTarget.Weight);
        Step(model, 0, Vector(0));
        model.Take(Given(0), Delivered(Vector(8)), Vector(0));
        model.Take(Given(1), Delivered(Vector(2)), Vector(0));
        model.Aggregate();

        Assert.Equal(Vector(4), model.Parameters);
    }

    [Fact]
    public void A_hinge_without_its_plus_one_does_not_make_an_update_past_the_bound_count_more_than_a_fresh_one()
    {
        var model = Model(new Hinge(a: 0.25, b: 1));
        Step(model, 0, Vector(0));
        Step(model, 0, Vector(0));
        Step(model, 0, Vector(5));

        // τ = 2, one past the bound: 1/(0.25 + 1), not 1/0.25.
        Assert.Equal(Vector(4), model.Parameters);
    }

    [Fact]
    public void Nobody_waits_for_ever_on_a_client_past_the_staleness_bound()
    {
        var plan = Small.Plan(Small.Settings.With(new Drop(1)).With(new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 1)));
        var state = Checkpoints.Play(plan, 0);
        var late = state.Ledger.Open.Single();
        for (var round = 0; round < 4; round++)
        {
            state.GiveWork();
            foreach (var open in state.Ledger.Open.Where(open => open != late).ToList())
            {
                state.Settle(open, Delivered(Small.Vector(plan, (ulong)open.Id)));
            }

            state.CloseRound(0);
        }

        Assert.Equal(4, state.Model.Version);
        var before = state.Model.Parameters;
        state.Settle(late, Delivered(Small.Vector(plan, 99)));
        state.CloseRound(0);

        // It is dropped, its base version let go, and its client may be chosen again.
        Assert.Equal((4L, before), (state.Model.Version, state.Model.Parameters));
        Assert.Null(state.Versions.Find(0));
        Assert.Contains(state.Roster.Candidates(), candidate => candidate is { Client: 0, OpenAssignments: 0 });
        Assert.Equal(4, state.Counters.UpdatesAggregated);
    }

    [Fact]
    public void A_converted_update_is_aggregated_and_not_overwritten_by_the_stale_one()
    {
        var model = Model(Small.Inversion);
        Step(model, 0, Vector(0));
        model.Reserve(Given(0), samples: 10, Vector(0));
        Assert.NotNull(model.Fill(1, new TreatedUpdate(Vector(3))));
        model.Aggregate();

        Assert.Equal(Vector(3), model.Parameters);
    }

    [Fact]
    public void A_converted_update_has_the_weight_of_a_fresh_one()
    {
        var model = Model(Small.Inversion, discount: DiscountTarget.Weight);
        Step(model, 0, Vector(0));
        model.Reserve(Given(0), samples: 10, Vector(0));
        model.Take(Given(1), Delivered(Vector(1)), Vector(0));
        model.Fill(1, new TreatedUpdate(Vector(3)));
        model.Aggregate();

        Assert.Equal(Vector(2), model.Parameters);
    }

    [Fact]
    public void A_buffer_of_one_without_discount_equals_plain_asynchronous_updates()
    {
        var model = Model(new None(), initial: Vector(0.1f, 0.2f));
        var plain = model.Parameters;
        for (var update = 1; update < 50; update++)
        {
            var delta = Small.Vector(2, (ulong)update);
            Step(model, Math.Max(0, model.Version - (update % 7)), delta);
            plain = plain.Add(delta);

            Assert.Equal(plain, model.Parameters);
        }
    }

    private static GlobalModel Model(
        IStalenessPolicy policy,
        NoServerOptimizer? optimizer = null,
        DiscountTarget discount = DiscountTarget.Update,
        ContributionKind contribution = ContributionKind.Updates,
        ParameterVector? initial = null) =>
        new(
            initial ?? Vector(0),
            new StalenessSettings(policy, discount),
            new AggregationSettings(new MeanRule(), optimizer ?? new NoServerOptimizer(), contribution));

    private static void Step(GlobalModel model, long baseVersion, ParameterVector update)
    {
        model.Take(Given(baseVersion), Delivered(update), model.Parameters);
        model.Aggregate();
    }

    private static ParameterVector Vector(params float[] values) => ParameterVector.FromSpan(values);

    private static Assignment Given(long baseVersion) => new(1, 0, baseVersion, 0, TimeSpan.Zero);

    private static AssignmentOutcome.Delivered Delivered(ParameterVector update) => new(update, 10, Small.Metrics);
}
