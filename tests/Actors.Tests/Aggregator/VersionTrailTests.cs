using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class VersionTrailTests
{
    private static readonly FederationSettings Predicting = Small.Settings
        .With(new WeightPrediction(window: 2))
        .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(3)));

    [Fact]
    public void The_trail_holds_the_versions_of_its_window_and_no_others()
    {
        var store = new VersionStore();
        var trail = new VersionTrail(store, window: 2);
        for (var version = 0; version < 5; version++)
        {
            store.Add(version, Vector(version));
            trail.Extend(version);
            store.Release(version);
        }

        Assert.Equal([2L, 3, 4], store.Versions);
        trail.Clear();
        Assert.Empty(store.Versions);
    }

    [Fact]
    public void Without_a_window_nothing_is_held_and_nothing_predicted()
    {
        var store = new VersionStore();
        store.Add(0, Vector(0));
        var trail = new VersionTrail(store, window: null);
        trail.Extend(0);
        trail.Extend(0);

        Assert.Null(trail.Predict(Model(Vector(0)), 3));
        store.Release(0);
        Assert.Empty(store.Versions);
    }

    [Fact]
    public void A_prediction_follows_the_mean_step_of_the_window()
    {
        var store = new VersionStore();
        var trail = new VersionTrail(store, window: 2);
        var model = Model(Vector(7));
        Assert.Null(trail.Predict(model, 3));
        for (var version = 0; version < 4; version++)
        {
            store.Add(version, Vector(version * version));
            trail.Extend(version);
        }

        model.Restore(3, Vector(9), model.Optimizer);

        // From 1 at version 1 to 9 at version 3: four a version.
        Assert.Equal(Vector(9 + (4 * 2.5f)), trail.Predict(model, 2.5));
        Assert.Null(trail.Predict(model, 0));
    }

    [Fact]
    public void A_trail_can_be_restored_from_the_versions_of_a_checkpoint()
    {
        var store = new VersionStore();
        store.Add(4, Vector(4));
        var trail = new VersionTrail(store, window: 2);
        trail.Restore(4, new Dictionary<long, ParameterVector> { [1] = Vector(1), [2] = Vector(2), [3] = Vector(3), [4] = Vector(4) });

        Assert.Equal([2L, 3, 4], store.Versions);
        store.Release(4);
        Assert.Equal([2L, 3, 4], store.Versions);
        trail.Clear();
        Assert.Empty(store.Versions);
    }

    [Fact]
    public void A_slow_client_is_handed_a_prediction_under_a_number_of_its_own_which_goes_with_its_work()
    {
        var plan = Small.Plan(Predicting);
        var state = Checkpoints.Play(plan, 0);
        CloseWith(plan, state, state.Ledger.Open.Where(open => open.Client != 1));
        var early = state.Ledger.Open.Single();
        Assert.Equal(0, early.Handed);

        // In round 1 there are two versions to predict from.
        var given = state.GiveWork();
        var slow = Assert.Single(given, assignment => assignment.Client == 4);
        Assert.Equal((-slow.Id, 1L), (slow.Handed, slow.BaseVersion));
        Assert.All(given.Where(assignment => assignment != slow), assignment => Assert.Equal(1, assignment.Handed));
        var step = state.Model.Parameters.Subtract(state.Versions.Find(0)!);
        Assert.Equal(state.Model.Parameters.AddScaled(step, 3), state.Versions.Find(slow.Handed));

        state.Settle(slow, Delivered(plan, 5));
        Assert.Null(state.Versions.Find(slow.Handed));
        Assert.NotNull(state.Versions.Find(slow.BaseVersion));
    }

    [Fact]
    public void What_was_handed_out_survives_a_checkpoint()
    {
        var plan = Small.Plan(Predicting);
        var state = Checkpoints.Play(plan, 6);
        var checkpoint = state.ToCheckpoint(0);
        Assert.Contains(checkpoint.Open, assignment => assignment.Handed < 0);
        Assert.Contains(checkpoint.Staleness, pair => pair.Value > 0);

        var restored = FederationState.From(plan, checkpoint);

        Checkpoints.AssertSame(checkpoint, restored.ToCheckpoint(0));
        Assert.Equal(state.Versions.Versions, restored.Versions.Versions);
        Assert.All(checkpoint.Open, assignment => Assert.Equal(state.Versions.Find(assignment.Handed), restored.Versions.Find(assignment.Handed)));
    }

    private static void CloseWith(FederationPlan plan, FederationState state, IEnumerable<Assignment> arriving)
    {
        foreach (var assignment in arriving.ToList())
        {
            state.Settle(assignment, Delivered(plan, (ulong)assignment.Id));
        }

        state.CloseRound(0);
    }

    private static AssignmentOutcome.Delivered Delivered(FederationPlan plan, ulong seed) => new(Small.Vector(plan, seed), 10, Small.Metrics);

    private static GlobalModel Model(ParameterVector initial) =>
        new(initial, new(new WeightPrediction(), DiscountTarget.Update), new(new MeanRule(), new NoServerOptimizer()));

    private static ParameterVector Vector(params float[] values) => ParameterVector.FromSpan(values);
}
