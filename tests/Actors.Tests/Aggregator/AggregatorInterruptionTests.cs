using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class AggregatorInterruptionTests : AggregatorBench
{
    [Fact]
    public void Before_the_clients_have_joined_there_is_nothing_to_save()
    {
        Start(Small.Plan());
        Recover();
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);

        Assert.Equal(new RunOutcome.Interrupted(0), ExpectEnd());
    }

    [Fact]
    public void The_run_ends_when_the_beginning_of_its_round_is_on_disk()
    {
        Begin(Small.Plan(Lasting(TimeSpan.FromHours(1))));
        ExpectCheckpoint();
        DeliverRound(0, 1, 2);
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);
        var checkpoint = ExpectCheckpoint(answer: false);
        Assert.Equal((1, 1L), (checkpoint.Round, checkpoint.Version));
        Assert.Equal([4L, 5L, 6L], checkpoint.Open.Select(assignment => assignment.Id));
        Federation.ExpectMsg<AggregatorProtocol.Progressed>();
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);

        Aggregator.Tell(new JournalProtocol.CheckpointSaved(1), Journal);

        Assert.Equal(new RunOutcome.Interrupted(1), ExpectEnd());
    }

    [Fact]
    public void An_evaluation_answered_since_the_round_began_is_not_asked_for_again_after_resumption()
    {
        Begin(Small.Plan(Lasting(TimeSpan.FromHours(1)) with { Evaluation = new EvaluationSettings(Every: 1, WatchClass: null) }));
        ExpectCheckpoint();
        DeliverRound(0, 1, 2);
        ExpectEvaluate(accuracy: 0.5);
        Journal.ExpectMsg<JournalProtocol.AppendRound>();
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);

        var checkpoint = ExpectCheckpoint();
        Assert.Empty(checkpoint.Evaluations);
        Assert.Equal(0.5, checkpoint.LastEvaluation!.Accuracy);
    }

    [Fact]
    public void While_the_last_evaluation_runs_the_run_can_be_interrupted()
    {
        Begin(Small.Plan(Small.Settings with { Rounds = 1 }));
        ExpectCheckpoint();
        DeliverRound(0, 1, 2);
        ExpectCheckpoint();
        ExpectEvaluate();
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);
        ExpectCheckpoint();

        Assert.Equal(new RunOutcome.Interrupted(1), ExpectEnd());
    }

    [Fact]
    public void While_the_results_are_written_it_is_too_late()
    {
        Begin(Small.Plan(Small.Settings with { Rounds = 1 }));
        ExpectCheckpoint();
        DeliverRound(0, 1, 2);
        ExpectCheckpoint();
        ExpectEvaluate(accuracy: 0.5);
        Journal.ExpectMsg<JournalProtocol.AppendRound>();
        var summary = Journal.ExpectMsg<JournalProtocol.Finish>().Summary;
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);
        AwaitHandled(Aggregator);
        Journal.ExpectNoMsg(TimeSpan.Zero);

        Aggregator.Tell(new JournalProtocol.Finished(summary), Journal);

        Assert.IsType<RunOutcome.Completed>(ExpectEnd());
    }

    [Fact]
    public void A_resumed_run_gives_the_open_work_again_and_asks_for_open_evaluations()
    {
        var plan = Small.Plan(Checkpoints.Eventful);
        var checkpoint = Checkpoints.Play(plan, 5).ToCheckpoint(9);
        Start(plan);
        Recover(checkpoint);
        JoinAll();

        foreach (var evaluation in checkpoint.Evaluations)
        {
            var evaluate = ExpectEvaluate();
            Assert.Equal(evaluation.Round, evaluate.Round);
            Assert.Equal(checkpoint.Versions[evaluation.Version], evaluate.Parameters);
        }

        foreach (var assignment in checkpoint.Open)
        {
            Assert.Equal(
                new ClientProtocol.Assign(
                    assignment.Id, assignment.Client, assignment.BaseVersion, assignment.Round, plan.Settings.Training),
                ExpectAssign(assignment.Client));
        }
    }

    [Fact]
    public void A_run_whose_rounds_are_done_is_only_finished()
    {
        var settings = Small.Settings with { Rounds = 2 };
        var plan = Small.Plan(settings);
        var state = Checkpoints.Play(plan, 0);
        state.CloseRound(1);
        Assert.NotNull(state.CloseRound(2));
        Start(plan);
        Recover(state.ToCheckpoint(2));
        JoinAll();
        ExpectEvaluate(accuracy: 0.25);
        Journal.ExpectMsg<JournalProtocol.AppendRound>();

        Assert.Equal(0.25, Journal.ExpectMsg<JournalProtocol.Finish>().Summary.FinalAccuracy);
    }

    [Fact]
    public void A_run_that_is_beyond_its_settings_fails()
    {
        Start(Small.Plan(Small.Settings with { Rounds = 1 }));
        var beyond = Checkpoints.Play(Small.Plan(), 3).ToCheckpoint(3);
        Aggregator.Tell(new JournalProtocol.Recovered(beyond, []), Journal);

        Assert.Contains("3 rounds", Assert.IsType<RunOutcome.Failed>(ExpectEnd()).Reason);
    }

    private static FederationSettings Lasting(TimeSpan interval) => Small.Settings with { Journal = new JournalSettings(interval) };

    private void DeliverRound(params int[] clients)
    {
        foreach (var client in clients)
        {
            Deliver(client);
            Client(client).ExpectMsg<ClientProtocol.Accepted>();
        }

        AwaitHandled(Aggregator);
    }
}
