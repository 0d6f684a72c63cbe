using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class AggregatorActorTests : AggregatorBench
{
    private static readonly TimeSpan RollCall = TimeSpan.FromSeconds(5);

    [Fact]
    public void The_roll_is_called_until_everybody_has_joined()
    {
        Start(Small.Plan());
        Recover();
        Join(0);
        AwaitHandled(Aggregator);
        Scheduler.Advance(RollCall);
        Devices.ExpectMsg<DeviceProtocol.RollCall>();
        AwaitHandled(Aggregator);
        JoinAll();
        ExpectCheckpoint();
        AwaitHandled(Aggregator);
        Scheduler.Advance(RollCall);
        AwaitHandled(Aggregator);

        Devices.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_client_that_is_lost_before_the_roll_is_complete_must_join_again()
    {
        Start(Small.Plan());
        Recover();
        Join(0);
        Aggregator.Tell(new AggregatorProtocol.ClientGone(0));
        for (var client = 1; client < 6; client++)
        {
            Join(client);
        }

        AwaitHandled(Aggregator);
        Journal.ExpectNoMsg(TimeSpan.Zero);

        Join(0);

        ExpectCheckpoint();
        Assert.Equal(1, ExpectAssign(0).AssignmentId);
    }

    [Fact]
    public void What_is_repeated_before_the_roll_is_complete_is_handled_once()
    {
        Start(Small.Plan());
        Client(1).Send(Aggregator, new ClientProtocol.FetchVersion(0));
        Recover();
        var report = ReportOf(new ClientProtocol.Assign(1, 0, 0, 0, Plan.Settings.Training));
        for (var times = 0; times < 5; times++)
        {
            Client(0).Send(Aggregator, report with { Update = Small.Vector(Plan, 99) });
            Client(1).Send(Aggregator, new ClientProtocol.FetchVersion(0));
        }

        Client(0).Send(Aggregator, report);
        JoinAll();

        ExpectAssign(0);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));
        var second = ExpectAssign(1);
        Client(1).ExpectMsg<ClientProtocol.VersionFetched>();
        AwaitHandled(Aggregator);
        Client(0).ExpectNoMsg(TimeSpan.Zero);
        Client(1).ExpectNoMsg(TimeSpan.Zero);

        Client(1).Send(Aggregator, ReportOf(second));
        Deliver(2);
        Assert.Equal(3, ExpectProgress().Counters.UpdatesAggregated);
        Assert.Equal(Aggregate(1, 2, 3), Fetch(1));
    }

    [Fact]
    public void What_was_kept_until_the_roll_is_complete_outlives_a_restart()
    {
        Start(Small.Plan());
        Recover();
        Client(0).Send(Aggregator, ReportOf(new ClientProtocol.Assign(1, 0, 0, 0, Plan.Settings.Training)));
        Aggregator.Tell(Kill.Instance);
        Journal.ExpectMsg<JournalProtocol.Recover>();
        Recover();
        JoinAll();

        ExpectAssign(0);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));
    }

    [Fact]
    public void Clients_that_do_not_belong_are_refused()
    {
        Start(Small.Plan());
        Recover();
        Client(0).Send(Aggregator, new ClientProtocol.Join(-1, 10));
        Assert.Contains("0 to 5", Client(0).ExpectMsg<ClientProtocol.Refused>().Reason);
        Client(0).Send(Aggregator, new ClientProtocol.Join(6, 10));
        Client(0).ExpectMsg<ClientProtocol.Refused>();
        Client(0).Send(Aggregator, new ClientProtocol.Join(0, 9));
        Assert.Contains("9 images", Client(0).ExpectMsg<ClientProtocol.Refused>().Reason);
    }

    [Fact]
    public void A_round_begins_with_a_checkpoint_and_work_for_the_chosen()
    {
        Begin(Small.Plan());

        var checkpoint = ExpectCheckpoint();
        Assert.Equal([0, 1, 2], checkpoint.Open.Select(assignment => assignment.Client));
        for (var client = 0; client < 3; client++)
        {
            Assert.Equal(new ClientProtocol.Assign(client + 1, client, 0, 0, Plan.Settings.Training), ExpectAssign(client));
        }

        AwaitHandled(Aggregator);
        Client(3).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_version_can_be_fetched_while_it_is_held()
    {
        Begin(Small.Plan());
        Client(0).Send(Aggregator, new ClientProtocol.FetchVersion(0));
        Client(0).FishForMessage<ClientProtocol.VersionFetched>(
            fetched => fetched.Parameters.Equals(Plan.Network.Initialize(Plan.Settings.Seed)), Patience);

        Client(0).Send(Aggregator, new ClientProtocol.FetchVersion(1));
        Client(0).ExpectMsg(new ClientProtocol.VersionGone(1));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 2, 0)]
    public void The_next_version_is_the_same_in_whatever_order_reports_come(params int[] order)
    {
        Begin(Small.Plan());
        foreach (var client in order)
        {
            var report = Deliver(client);
            Client(client).ExpectMsg(new ClientProtocol.Accepted(report.AssignmentId));
        }

        var progress = ExpectProgress();
        Assert.Equal((1, 1L, TimeSpan.FromSeconds(1)), (progress.Round, progress.Version, progress.FederationTime));
        Assert.Equal(Aggregate(1, 2, 3), Fetch(1));
    }

    [Fact]
    public void The_next_round_gives_work_from_the_next_version()
    {
        Begin(Small.Plan());
        DeliverAll(0, 1, 2);

        Assert.All([3, 4, 5], client => Assert.True(ExpectAssign(client) is { Version: 1, Round: 1 }));
    }

    [Fact]
    public void An_update_that_is_no_good_is_refused_counted_and_kept_out()
    {
        Begin(Small.Plan());
        var bad = ReportOf(ExpectAssign(1), ParameterVector.Create(Plan.Network.Layout.Count, values => values[7] = float.NaN));
        Client(1).Send(Aggregator, bad);
        Assert.Contains("not finite", Client(1).ExpectMsg<ClientProtocol.Rejected>().Reason);
        Deliver(0);
        Deliver(2);

        Assert.Equal(new RunCounters { UpdatesAggregated = 2, StalenessCounts = StalenessHistogram.Empty.With(0).With(0), UpdatesRejected = 1, TrainSeconds = 0.75 }, ExpectProgress().Counters);
        Assert.Equal(Aggregate(1, 3), Fetch(1));
    }

    [Fact]
    public void A_report_sent_twice_is_answered_twice_and_counted_once()
    {
        Begin(Small.Plan());
        var report = Deliver(0);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));
        Client(0).Send(Aggregator, report with { Update = Small.Vector(Plan, 99) });
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));
        DeliverAll(1, 2);
        Client(0).Send(Aggregator, report);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));

        Assert.Equal(3, ExpectProgress().Counters.UpdatesAggregated);
        Assert.Equal(Aggregate(1, 2, 3), Fetch(1));
    }

    [Fact]
    public void A_report_on_unknown_work_is_refused_and_counted()
    {
        Begin(Small.Plan());
        Client(0).Send(Aggregator, ReportOf(ExpectAssign(0)) with { AssignmentId = 77 });
        Assert.Contains("unknown", Client(0).ExpectMsg<ClientProtocol.Rejected>().Reason);
        Client(0).Send(Aggregator, ReportOf(new ClientProtocol.Assign(1, 0, 0, 0, Plan.Settings.Training)));
        DeliverAll(1, 2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((3, 1), (counters.UpdatesAggregated, counters.UpdatesRejected));
    }

    [Fact]
    public void A_report_on_somebody_elses_work_is_refused_and_leaves_that_work_open()
    {
        Begin(Small.Plan());
        var foreign = ReportOf(ExpectAssign(0)) with { AssignmentId = 2 };
        Client(0).Send(Aggregator, foreign);
        Assert.Contains("belongs to client 1", Client(0).ExpectMsg<ClientProtocol.Rejected>().Reason);
        Client(0).Send(Aggregator, foreign with { AssignmentId = 1 });
        DeliverAll(1, 2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((3, 1), (counters.UpdatesAggregated, counters.UpdatesRejected));
    }

    [Theory]
    [InlineData(LossReason.Offline)]
    [InlineData(LossReason.Dropped)]
    public void Lost_work_is_counted_and_its_device_stays_away(LossReason reason)
    {
        Begin(Small.Plan());
        var assign = ExpectAssign(0);
        Client(0).Send(Aggregator, new ClientProtocol.AssignmentLost(assign.AssignmentId, 0, reason, Small.Metrics));
        DeliverAll(1, 2);

        var progress = ExpectProgress();
        Assert.Equal((2, 1), (progress.Counters.UpdatesAggregated, progress.Counters.UpdatesDropped));
        Assert.Equal(1, progress.DevicesAway);
    }

    [Fact]
    public void A_client_that_ended_for_good_loses_its_work_and_gets_no_more()
    {
        Begin(Small.Plan(Small.Settings.With(new SelectionSettings(SelectionPolicy.RoundRobin, 6))));
        Sys.Stop(Client(4));
        for (var round = 0; round < 2; round++)
        {
            DeliverAll(0, 1, 2, 3, 5);
            var progress = ExpectProgress();
            Assert.Equal((5 * (round + 1), 1), (progress.Counters.UpdatesAggregated, progress.Counters.UpdatesDropped));
        }
    }

    [Fact]
    public void A_client_that_joins_again_is_given_its_open_work_again()
    {
        Begin(Small.Plan());
        var assign = ExpectAssign(0);
        Join(0);
        Assert.Equal(assign, ExpectAssign(0));
        Client(0).Send(Aggregator, ReportOf(assign));
        Client(0).ExpectMsg<ClientProtocol.Accepted>();
        Join(0);
        AwaitHandled(Aggregator);

        Client(0).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Open_work_is_repeated_now_and_then_in_case_it_was_lost()
    {
        Begin(Small.Plan());
        var assign = ExpectAssign(0);
        AwaitHandled(Aggregator);
        Scheduler.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(assign, ExpectAssign(0));
    }

    [Fact]
    public void An_evaluated_round_is_written_to_the_results()
    {
        Begin(Small.Plan());
        ExpectCheckpoint();
        PlayRound();
        ExpectCheckpoint();
        PlayRound();
        ExpectCheckpoint();
        var evaluate = ExpectEvaluate(accuracy: 0.75);
        Assert.Equal(2, evaluate.Round);
        Assert.Equal(Fetch(2), evaluate.Parameters);

        var record = Journal.ExpectMsg<JournalProtocol.AppendRound>().Record;
        Assert.Equal((2, 2L, 0.75, 6L, 0L), (record.Round, record.Version, record.Accuracy, record.Updates, record.StaleUpdates));
        Federation.FishForMessage<AggregatorProtocol.Progressed>(progressed => progressed.Progress.LastEvaluation == record, Patience);
    }

    [Fact]
    public void Progress_tells_every_evaluation_also_where_several_are_entered_at_once()
    {
        Begin(Small.Plan(Small.Settings with { Evaluation = new(Every: 1, WatchClass: null) }));
        PlayRound();
        PlayRound();
        var first = ExpectEvaluate();
        ExpectEvaluate(accuracy: 0.5);
        Aggregator.Tell(new EvaluatorProtocol.Evaluated(first.Round, new EvaluationResult(0.25, 1, [0.25]), 0.5), Evaluator);

        var told = Enumerable.Range(0, 4).Select(_ => ExpectProgress().LastEvaluation?.Round);
        Assert.Equal([null, null, 1, 2], told);
    }

    [Fact]
    public void A_model_that_can_not_be_evaluated_ends_the_run()
    {
        Begin(Small.Plan());
        var cause = new InvalidOperationException("no");
        Aggregator.Tell(new EvaluatorProtocol.EvaluationFailed(2, cause), Evaluator);

        var failed = Assert.IsType<RunOutcome.Failed>(ExpectEnd());
        Assert.True(failed.Resumable);
        Assert.Same(cause, failed.Cause);
        Assert.Contains("round 2", failed.Reason);
    }

    [Fact]
    public void After_the_last_round_the_results_are_written_and_the_run_has_ended()
    {
        Begin(Small.Plan(Small.Settings with { Rounds = 1 }));
        ExpectCheckpoint();
        PlayRound();
        Assert.Equal(1, ExpectCheckpoint().Round);
        Client(0).Send(Aggregator, new ClientProtocol.Report(9, 0, 0, 10, Small.Vector(Plan, 1), Small.Metrics));
        Assert.Contains("ended", Client(0).FishForMessage<ClientProtocol.Rejected>(_ => true, Patience).Reason);
        ExpectEvaluate(accuracy: 0.5);
        Journal.ExpectMsg<JournalProtocol.AppendRound>();
        var finish = Journal.ExpectMsg<JournalProtocol.Finish>();

        Assert.Equal((1, 0.5, "small"), (finish.Summary.Rounds, finish.Summary.FinalAccuracy, finish.Summary.Name));
        Assert.Equal(Aggregate(1, 2, 3), finish.Parameters);
        Aggregator.Tell(new JournalProtocol.Finished(finish.Summary), Journal);
        Assert.Same(finish.Summary, Assert.IsType<RunOutcome.Completed>(ExpectEnd()).Summary);
    }

    [Fact]
    public void A_restarted_aggregator_asks_the_journal_where_the_run_stands()
    {
        Begin(Small.Plan());
        var checkpoint = ExpectCheckpoint();
        Assert.All([0, 1, 2], client => ExpectAssign(client));
        Aggregator.Tell(Kill.Instance);
        Journal.ExpectMsg<JournalProtocol.Recover>();
        Recover(checkpoint);
        JoinAll();
        DeliverAll(0, 1, 2);

        Assert.Equal(1, ExpectProgress().Version);
        Assert.Equal(Aggregate(1, 2, 3), Fetch(1));
    }

    [Fact]
    public void What_devices_ask_before_everybody_has_joined_is_answered_when_the_run_goes_on()
    {
        var plan = Small.Plan();
        var checkpoint = Checkpoints.Play(plan, 0).ToCheckpoint(0);
        Start(plan);
        Client(0).Send(Aggregator, new ClientProtocol.FetchVersion(7));
        Recover(checkpoint);
        Client(0).Send(Aggregator, ReportOf(new ClientProtocol.Assign(1, 0, 0, 0, plan.Settings.Training)));
        JoinAll();

        Client(0).FishForMessage<ClientProtocol.VersionGone>(gone => gone.Version == 7, Patience);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(1));
        DeliverAll(1, 2);
        Assert.Equal(3, ExpectProgress().Counters.UpdatesAggregated);
    }

    private void PlayRound()
    {
        AwaitHandled(Aggregator);
        var round = Enumerable.Range(0, 6).Where(client => Client(client).HasMessages).ToArray();
        DeliverAll(round);
    }

    private void DeliverAll(params int[] clients)
    {
        foreach (var client in clients)
        {
            Deliver(client);
            Client(client).ExpectMsg<ClientProtocol.Accepted>();
        }

        AwaitHandled(Aggregator);
    }

    /// <summary>What aggregation makes of the first version and the updates of these assignments.</summary>
    private ParameterVector Aggregate(params long[] assignments)
    {
        var model = new GlobalModel(Plan.Network.Initialize(Plan.Settings.Seed), Plan.Settings.Staleness, Plan.Settings.Aggregation);
        foreach (var id in assignments)
        {
            model.Take(
                new Assignment(id, 0, 0, 0, TimeSpan.Zero),
                new AssignmentOutcome.Delivered(Small.Vector(Plan, (ulong)id), 10, Small.Metrics),
                model.Parameters);
        }

        model.Aggregate();
        return model.Parameters;
    }

    private ParameterVector Fetch(long version)
    {
        var asker = CreateTestProbe();
        asker.Send(Aggregator, new ClientProtocol.FetchVersion(version));
        return asker.ExpectMsg<ClientProtocol.VersionFetched>().Parameters;
    }
}
