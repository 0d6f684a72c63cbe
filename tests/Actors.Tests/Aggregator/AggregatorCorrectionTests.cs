using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Corrector;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Aggregator;

/// <summary>How stale updates go through the corrector before they are aggregated.</summary>
public sealed class AggregatorCorrectionTests : AggregatorBench
{
    private static readonly FederationSettings Virtual = (Small.Settings with
    {
        Aggregation = new AggregationSettings(new MeanRule(), new NoServerOptimizer()),
    })
    .With(Small.Inversion)
    .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1], TimeSpan.FromSeconds(1.5)));

    private static readonly FederationSettings Wall = Virtual with { Clock = ClockMode.Wall };

    private static readonly FederationSettings Buffered = Virtual
        .With(Small.NobodySlow)
        .With(new CadenceSettings(CadencePolicy.Buffered, Quorum: 1, Deadline: null, BufferSize: 2))
        .With(new SelectionSettings(SelectionPolicy.Available, PerRound: 3, Concurrency: 3));

    [Fact]
    public void The_corrector_is_told_where_the_run_stands_before_all_else()
    {
        Begin(Small.Plan(Virtual));

        Assert.Equal(new CorrectorProtocol.Restore(CorrectorState.Initial, 0), Corrector.ExpectMsg<CorrectorProtocol.Restore>());
    }

    [Fact]
    public void An_update_that_will_be_stale_is_prepared_observed_updates_are_shown_and_a_stale_one_is_corrected()
    {
        Begin(Small.Plan(Virtual));
        Corrector.ExpectMsg<CorrectorProtocol.Restore>();
        var (slow, fast) = (Deliver(1), Deliver(0));
        Deliver(2);

        var prepared = Corrector.ExpectMsg<CorrectorProtocol.Prepare>();
        Assert.Equal((2L, 1, 0L, TimeSpan.FromSeconds(1.5)), (prepared.Update.AssignmentId, prepared.Update.Client, prepared.Update.BaseVersion, prepared.Due));
        Assert.Equal(new CorrectorProtocol.Observe(1, 0, 0, 0, fast.Update), Corrector.ExpectMsg<CorrectorProtocol.Observe>());
        Corrector.ExpectMsg<CorrectorProtocol.Observe>();
        CloseVersion(1);
        DeliverRound(3, 4, 5);
        var correct = (CorrectorProtocol.Correct)Corrector.FishForMessage(message => message is CorrectorProtocol.Correct, Patience);

        Assert.Equal(prepared.Update, correct.Update);
        Assert.Equal(slow.Update, correct.Update.Delta);
        Assert.Equal(Plan.Network.Initialize(Plan.Settings.Seed), correct.Update.Start);
        Assert.Equal((1L, 1L), (correct.Staleness, correct.Version));
    }

    [Fact]
    public void In_virtual_time_a_round_waits_for_its_corrections_and_aggregates_them_in_the_order_of_arrival()
    {
        Begin(Small.Plan(Virtual));
        PlayFirstRound();
        DeliverRound(3, 4, 5);
        Corrector.FishForMessage(message => message is CorrectorProtocol.Correct, Patience);
        AwaitHandled(Aggregator);
        Corrector.ExpectNoMsg(TimeSpan.Zero);
        var estimate = Small.Vector(Plan, 77);
        Answer(2, estimate, CorrectionKind.Converted, iterations: 5, seconds: 2);
        CloseVersion(2);

        var progress = ExpectProgress();
        Assert.Equal((2L, 6L, 1L, 1L), (progress.Version, progress.Counters.UpdatesAggregated, progress.Counters.StaleUpdates, progress.Counters.ConvertedUpdates));
        Assert.Equal((5L, 2.0), (progress.Counters.InversionIterations, progress.Counters.InversionSeconds));
    }

    [Fact]
    public void What_the_corrector_remembers_is_in_the_next_checkpoint()
    {
        Begin(Small.Plan(Virtual));
        ExpectCheckpoint();
        var state = CorrectorState.Initial with { GreatestStaleness = 9 };
        PlayFirstRound(state, weight: 0.25);

        var checkpoint = ExpectCheckpoint();
        Assert.Equal((1, 9L, 0.25), (checkpoint.Round, checkpoint.Corrector.GreatestStaleness, checkpoint.InversionWeight));
        Assert.Empty(checkpoint.Corrections);
    }

    [Fact]
    public void A_failed_conversion_is_counted_and_a_dropped_one_is_not_aggregated()
    {
        Begin(Small.Plan(Virtual));
        PlayFirstRound();
        DeliverRound(3, 4, 5);
        Answer(2, null, CorrectionKind.Failed);
        CloseVersion(2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((5L, 0L, 1L), (counters.UpdatesAggregated, counters.StaleUpdates, counters.FailedConversions));
    }

    [Fact]
    public void An_answer_that_comes_twice_or_that_nobody_waits_for_is_ignored()
    {
        Begin(Small.Plan(Virtual));
        PlayFirstRound();
        DeliverRound(3, 4, 5);
        Answer(99, Small.Vector(Plan, 1), CorrectionKind.Converted);
        Answer(2, Small.Vector(Plan, 77), CorrectionKind.Converted);
        Answer(2, Small.Vector(Plan, 78), CorrectionKind.Converted);
        Aggregator.Tell(new CorrectorProtocol.VersionClosed(7, CorrectorState.Initial, 1, 0), Corrector);
        CloseVersion(2);

        Assert.Equal(1, ExpectProgress().Counters.ConvertedUpdates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dropped_correction_leaves_the_buffer_open_whether_it_is_answered_before_or_after_the_buffer_seems_full(bool early)
    {
        Begin(Small.Plan(Buffered));
        Corrector.ExpectMsg<CorrectorProtocol.Restore>();
        Deliver(0);
        Deliver(1);
        CloseVersion(1);
        Assert.Equal(1, ExpectProgress().Version);
        Deliver(2);
        if (early)
        {
            Answer(3, null, CorrectionKind.NotUnique);
        }

        Deliver(3);
        if (!early)
        {
            Answer(3, null, CorrectionKind.NotUnique);
        }

        Answer(4, Small.Vector(Plan, 5), CorrectionKind.Converted);

        // Both are followed up from version 1, which is still the newest.
        Assert.Equal([(6L, 1L), (7L, 1L)], new[] { 5, 0 }.Select(NextAssign).Select(assign => (assign.AssignmentId, assign.Version)));
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);
        Deliver(4);
        CloseVersion(2);
        Assert.Equal(4, ExpectProgress().Counters.UpdatesAggregated);
    }

    [Fact]
    public void On_the_wall_clock_what_the_corrector_has_not_answered_waits_for_the_next_round_and_is_in_the_checkpoint()
    {
        Begin(Small.Plan(Wall));
        ExpectCheckpoint();
        var stale = BringStaleUpdate();
        Pass(TimeSpan.FromSeconds(1));
        CloseVersion(1);
        Assert.Equal((2, 1L), Pair(ExpectProgress()));

        var checkpoint = ExpectCheckpoint();
        Assert.Equal(stale.Update, Assert.Single(checkpoint.Corrections).Update);
        Assert.Equal([0L, 1L], checkpoint.Versions.Keys.Order());
        Answer(2, Small.Vector(Plan, 9), CorrectionKind.Converted);
        Pass(TimeSpan.FromSeconds(1));
        CloseVersion(2);

        var progress = ExpectProgress();
        Assert.Equal((3, 2L), Pair(progress));
        Assert.Equal(1, progress.Counters.ConvertedUpdates);
        Assert.Empty(ExpectCheckpoint().Corrections);
    }

    [Fact]
    public void An_update_is_still_converted_although_its_client_is_gone()
    {
        Begin(Small.Plan(Wall));
        ExpectCheckpoint();
        BringStaleUpdate();
        Aggregator.Tell(new AggregatorProtocol.ClientGone(1));
        Answer(2, Small.Vector(Plan, 9), CorrectionKind.Converted);
        Pass(TimeSpan.FromSeconds(1));
        CloseVersion(2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((2L, 1L, 0L), (counters.UpdatesAggregated, counters.ConvertedUpdates, counters.UpdatesDropped));
    }

    [Fact]
    public void A_resumed_run_asks_the_corrector_again_for_what_it_had_not_answered()
    {
        var plan = Small.Plan(Wall);
        var state = Checkpoints.Play(plan, 0);
        var open = state.Ledger.Open.ToList();
        state.Settle(open[0], Delivered(plan, 1));
        state.CloseRound(0);
        Assert.True(state.Settle(open[1], Delivered(plan, 2))!.IsPending);
        state.CloseRound(0);
        var checkpoint = state.ToCheckpoint(0) with { Corrector = CorrectorState.Initial with { GreatestStaleness = 3 } };
        Start(plan);
        Recover(checkpoint);

        var restore = Corrector.ExpectMsg<CorrectorProtocol.Restore>();
        Assert.Equal((3L, 1L), (restore.State.GreatestStaleness, restore.Version));
        var correct = Corrector.ExpectMsg<CorrectorProtocol.Correct>();
        Assert.Equal((2L, 1L, Small.Vector(plan, 2)), (correct.Update.AssignmentId, correct.Staleness, correct.Update.Delta));
        Assert.Equal(plan.Network.Initialize(plan.Settings.Seed), correct.Update.Start);

        // An answer that comes before everybody has joined is not lost.
        Answer(2, Small.Vector(plan, 9), CorrectionKind.Converted);
        JoinAll();
        Pass(TimeSpan.FromSeconds(1));
        CloseVersion(2);
        Assert.Equal(1, ExpectProgress().Counters.ConvertedUpdates);
    }

    private static AssignmentOutcome.Delivered Delivered(FederationPlan plan, ulong seed) => new(Small.Vector(plan, seed), 10, Small.Metrics);

    private static (int Round, long Version) Pair(RunProgress progress) => (progress.Round, progress.Version);

    /// <summary>Client 0 is in the first version; client 1 comes a version late.</summary>
    private ClientProtocol.Report BringStaleUpdate()
    {
        DeliverLogged(0);
        Pass(TimeSpan.FromSeconds(1));
        CloseVersion(1);
        Assert.Equal((1, 1L), Pair(ExpectProgress()));
        ExpectCheckpoint();
        var report = DeliverLogged(1);
        Assert.Equal(2, Corrector.ExpectMsg<CorrectorProtocol.Correct>().Update.AssignmentId);
        return report;
    }

    private ClientProtocol.Assign NextAssign(int client) =>
        (ClientProtocol.Assign)Client(client).FishForMessage(message => message is ClientProtocol.Assign, Patience);

    private void PlayFirstRound(CorrectorState? state = null, double weight = 1)
    {
        DeliverRound(0, 1, 2);
        CloseVersion(1, state, weight);
        Assert.Equal(1, ExpectProgress().Version);
    }

    private void DeliverRound(params int[] clients)
    {
        foreach (var client in clients)
        {
            Deliver(client);
        }
    }

    private ClientProtocol.Report DeliverLogged(int client)
    {
        var report = Deliver(client);
        Aggregator.Tell(new JournalProtocol.AcceptedLogged(Journal.ExpectMsg<JournalProtocol.LogAccepted>().Update.Assignment.Id), Journal);
        Client(client).ExpectMsg<ClientProtocol.Accepted>();
        return report;
    }

    private void Answer(long assignment, ParameterVector? update, CorrectionKind kind, int iterations = 0, double seconds = 0)
    {
        AwaitHandled(Aggregator);
        Aggregator.Tell(
            new CorrectorProtocol.Corrected(
                assignment, update is null ? null : new TreatedUpdate(update), new CorrectionReport(kind, iterations, seconds)),
            Corrector);
    }

    private void CloseVersion(long next, CorrectorState? state = null, double weight = 1)
    {
        var close = (CorrectorProtocol.CloseVersion)Corrector.FishForMessage(message => message is CorrectorProtocol.CloseVersion, Patience);
        Assert.Equal(next, close.Next);
        Aggregator.Tell(new CorrectorProtocol.VersionClosed(close.Next, state ?? CorrectorState.Initial, weight, 0), Corrector);
    }

    private void Pass(TimeSpan time)
    {
        AwaitHandled(Aggregator);
        Time.Advance(time);
        Scheduler.Advance(time);
        AwaitHandled(Aggregator);
    }
}
