using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Training;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class FederationStateTests
{
    private readonly FederationPlan _plan = Small.Plan(Checkpoints.Eventful);

    [Fact]
    public void A_state_survives_its_checkpoint()
    {
        Properties.Hold(
            Gen.Choose(0, 12),
            rounds =>
            {
                var checkpoint = Checkpoints.Play(_plan, rounds).ToCheckpoint(rounds);

                Checkpoints.AssertSame(checkpoint, FederationState.From(_plan, checkpoint).ToCheckpoint(rounds));
            },
            count: 20);
    }

    [Fact]
    public void A_state_survives_its_checkpoint_on_disk()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoints.Play(_plan, 7).ToCheckpoint(3.25);
        Assert.NotEmpty(checkpoint.Open);
        Assert.NotEmpty(checkpoint.Away);
        Assert.NotEmpty(checkpoint.Evaluations);
        Assert.NotEmpty(checkpoint.Optimizer.Moments);
        Assert.True(checkpoint.Versions.Count > 2);

        new CheckpointStore(folder.Root, _ => { }).Save(checkpoint, resultsLength: 17);
        var loaded = new CheckpointStore(folder.Root, _ => { }).Load();

        Checkpoints.AssertSame(checkpoint, loaded!.Value.Checkpoint);
        Assert.Equal(17, loaded.Value.ResultsLength);
    }

    [Fact]
    public void A_restored_state_goes_on_as_the_original_does()
    {
        var original = Checkpoints.Play(_plan, 4);
        var restored = FederationState.From(_plan, original.ToCheckpoint(1));
        for (var client = 0; client < _plan.Settings.Data.Clients; client++)
        {
            restored.Roster.Join(client, ActorRefs.Nobody);
        }

        for (var round = 0; round < 5; round++)
        {
            Checkpoints.PlayRound(_plan, original);
            Checkpoints.PlayRound(_plan, restored);
        }

        Checkpoints.AssertSame(original.ToCheckpoint(2), restored.ToCheckpoint(2));
    }

    [Fact]
    public void Versions_are_held_while_somebody_needs_them_and_no_longer()
    {
        var plan = Small.Plan();
        var state = Checkpoints.Play(plan, 0);
        var assignments = state.Ledger.Open.ToList();
        Assert.Equal([0L], state.Versions.Versions);

        state.Settle(assignments[0], Delivered(plan));
        state.CloseRound(0);
        Assert.Equal([0L, 1L], state.Versions.Versions);

        foreach (var assignment in assignments.Skip(1))
        {
            state.Settle(assignment, new AssignmentOutcome.Refused("late", Small.Metrics));
        }

        Assert.Equal([1L], state.Versions.Versions);
    }

    [Fact]
    public void An_evaluation_holds_its_version_until_it_is_answered()
    {
        var state = Checkpoints.Play(_plan, 0);
        DeliverAllAndClose(state);
        state.GiveWork();
        DeliverAllAndClose(state);
        Assert.Equal([1L, 2L], state.Versions.Versions);

        state.CompleteEvaluation(1, Result(0.5), 0);

        Assert.Equal([2L], state.Versions.Versions);
    }

    [Fact]
    public void Outcomes_are_counted()
    {
        var plan = Small.Plan();
        var state = Checkpoints.Play(plan, 0);
        var open = state.Ledger.Open.ToList();

        state.Settle(open[0], Delivered(plan));
        state.Settle(open[1], new AssignmentOutcome.Refused("no", Small.Metrics));
        state.Settle(open[2], new AssignmentOutcome.Lost(LossReason.Dropped, Small.Metrics with { Restarts = 3 }));

        Assert.Equal(
            new RunCounters { UpdatesAggregated = 1, StalenessCounts = StalenessHistogram.Empty.With(0), UpdatesRejected = 1, UpdatesDropped = 1, DeviceRestarts = 3, TrainSeconds = 0.75 },
            state.Counters);
        Assert.Equal([open[2].Client], state.Roster.AwayUntil.Keys);
    }

    [Fact]
    public void The_last_round_is_evaluated_whatever_the_interval()
    {
        var plan = Small.Plan(Small.Settings with { Rounds = 3, Evaluation = new(Every: 2, WatchClass: null) });
        var state = Checkpoints.Play(plan, 0);

        Assert.Equal([null, 2, 3], Enumerable.Range(0, 3).Select(_ => state.CloseRound(0)?.Round));
    }

    [Fact]
    public void A_round_that_became_the_last_while_the_run_was_interrupted_is_evaluated()
    {
        var settings = Small.Settings with { Evaluation = new(Every: 4, WatchClass: null) };
        var checkpoint = Checkpoints.Play(Small.Plan(settings), 3).ToCheckpoint(1.5);
        Assert.Empty(checkpoint.Evaluations);

        var restored = FederationState.From(Small.Plan(settings with { Rounds = 3 }), checkpoint);

        Assert.Equal([3], restored.Evaluations.Keys);
        Assert.Equal(1.5, restored.Evaluations[3].WallSeconds);
        restored.CompleteEvaluation(3, Result(0.5), 1);
        Assert.Empty(FederationState.From(Small.Plan(settings with { Rounds = 3 }), restored.ToCheckpoint(2)).Evaluations);
    }

    [Fact]
    public void Evaluations_are_entered_in_the_order_of_their_rounds_whichever_ends_first()
    {
        var state = Checkpoints.Play(_plan, 0);
        state.CloseRound(0);
        state.CloseRound(0);
        state.CloseRound(0);

        Assert.Empty(state.CompleteEvaluation(2, Result(0.2), 1));
        Assert.Equal([1, 2], state.CompleteEvaluation(1, Result(0.1), 1).Select(record => record.Round));
        Assert.Equal([3], state.CompleteEvaluation(3, Result(0.3), 1).Select(record => record.Round));
        Assert.Equal(0.3, state.LastEvaluation!.Accuracy);
        Assert.Equal(3, state.Counters.EvaluationSeconds);
    }

    [Fact]
    public void An_evaluation_answered_out_of_order_still_waits_in_the_checkpoint()
    {
        var state = Checkpoints.Play(_plan, 0);
        state.CloseRound(0);
        state.CloseRound(0);
        state.CompleteEvaluation(2, Result(0.2), 1);

        Assert.Equal([1, 2], state.ToCheckpoint(0).Evaluations.Select(evaluation => evaluation.Round));
    }

    [Fact]
    public void An_evaluation_that_nobody_waits_for_is_ignored()
    {
        var state = Checkpoints.Play(_plan, 0);
        state.CloseRound(0);

        Assert.Single(state.CompleteEvaluation(1, Result(0.1), 1));
        Assert.Empty(state.CompleteEvaluation(1, Result(0.9), 1));
        Assert.Empty(state.CompleteEvaluation(8, Result(0.9), 1));
        Assert.Equal(0.1, state.LastEvaluation!.Accuracy);
    }

    private static EvaluationResult Result(double accuracy) => new(accuracy, 1, [accuracy]);

    private static AssignmentOutcome.Delivered Delivered(FederationPlan plan) => new(Small.Vector(plan, 1), 10, Small.Metrics);

    private void DeliverAllAndClose(FederationState state)
    {
        foreach (var assignment in state.Ledger.Open.ToList())
        {
            state.Settle(assignment, Delivered(_plan));
        }

        state.CloseRound(0);
    }
}
