using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class AggregatorWallClockTests : AggregatorBench
{
    private static readonly FederationSettings Rounds = Small.Settings with { Clock = ClockMode.Wall };

    private static readonly FederationSettings Synchronous = Rounds.With(
        new CadenceSettings(CadencePolicy.Synchronous, Quorum: 0.6, Deadline: TimeSpan.FromSeconds(4)));

    [Fact]
    public void An_update_is_on_disk_before_it_is_acknowledged()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        var report = Deliver(0);

        var logged = Journal.ExpectMsg<JournalProtocol.LogAccepted>().Update;
        Assert.Equal(new AcceptedUpdate(Small.Given(report.AssignmentId), 10, 0.5, 0.25, 0, report.Update), logged);
        Client(0).ExpectNoMsg(TimeSpan.Zero);
        Confirm(logged);
        Client(0).ExpectMsg(new ClientProtocol.Accepted(report.AssignmentId));
    }

    [Fact]
    public void A_report_repeated_while_it_is_being_logged_is_logged_once_and_answered_once()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        var report = Deliver(0);
        var logged = Journal.ExpectMsg<JournalProtocol.LogAccepted>().Update;
        Client(0).Send(Aggregator, report);
        AwaitHandled(Aggregator);
        Journal.ExpectNoMsg(TimeSpan.Zero);
        Confirm(logged);
        Client(0).ExpectMsg<ClientProtocol.Accepted>();
        AwaitHandled(Aggregator);

        Client(0).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_update_that_is_being_logged_counts_although_its_client_is_gone()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        Deliver(0);
        var logged = Journal.ExpectMsg<JournalProtocol.LogAccepted>().Update;
        Aggregator.Tell(new AggregatorProtocol.ClientGone(0));
        Confirm(logged);
        DeliverLogged(1, 2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((3L, 0L), (counters.UpdatesAggregated, counters.UpdatesDropped));
    }

    [Fact]
    public void A_synchronous_round_closes_with_the_last_update()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        DeliverLogged(2, 0, 1);

        Assert.Equal(1, ExpectProgress().Version);
        Assert.Equal(1, ExpectCheckpoint().Round);
    }

    [Fact]
    public void A_deadline_closes_a_synchronous_round_that_has_its_quorum()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        DeliverLogged(0, 1);
        Pass(TimeSpan.FromSeconds(4));

        var progress = ExpectProgress();
        Assert.Equal((1L, 2L, TimeSpan.FromSeconds(4)), (progress.Version, progress.Counters.UpdatesAggregated, progress.FederationTime));
        ExpectCheckpoint();
        DeliverLogged(2);
    }

    [Fact]
    public void After_the_deadline_a_synchronous_round_closes_as_soon_as_it_has_its_quorum()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        DeliverLogged(0);
        Pass(TimeSpan.FromSeconds(4));
        Federation.ExpectNoMsg(TimeSpan.Zero);
        DeliverLogged(1);

        Assert.Equal(2, ExpectProgress().Counters.UpdatesAggregated);
    }

    [Fact]
    public void A_round_of_fixed_duration_closes_with_what_has_arrived()
    {
        Begin(Small.Plan(Rounds));
        ExpectCheckpoint();
        DeliverLogged(0);
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(1, ExpectProgress().Counters.UpdatesAggregated);
        Assert.Equal(1, ExpectCheckpoint().Round);
        DeliverLogged(1);
        Pass(TimeSpan.FromSeconds(1));

        var progress = ExpectProgress();
        Assert.Equal((2, 1), (progress.Counters.UpdatesAggregated, progress.Counters.StaleUpdates));
    }

    [Fact]
    public void A_round_in_which_nothing_arrives_leaves_the_version_as_it_is()
    {
        Begin(Small.Plan(Rounds));
        ExpectCheckpoint();
        Pass(TimeSpan.FromSeconds(1));

        var progress = ExpectProgress();
        Assert.Equal((1, 0L), (progress.Round, progress.Version));
    }

    [Fact]
    public void Updates_logged_before_the_process_died_are_not_asked_for_again()
    {
        var plan = Small.Plan(Synchronous);
        var checkpoint = Checkpoints.Play(plan, 0).ToCheckpoint(1);
        Start(plan);
        Recover(checkpoint, Update(plan, 1));
        JoinAll();
        Assert.Equal([2L, 3L], new[] { ExpectAssign(1).AssignmentId, ExpectAssign(2).AssignmentId });
        AwaitHandled(Aggregator);

        Client(0).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_round_whose_last_update_was_logged_just_before_the_process_died_closes_at_once()
    {
        var plan = Small.Plan(Synchronous);
        var checkpoint = Checkpoints.Play(plan, 0).ToCheckpoint(1);
        Start(plan);
        Recover(checkpoint, Update(plan, 1), Update(plan, 3), Update(plan, 2));
        JoinAll();

        Assert.Equal(1, ExpectProgress().Version);
        Assert.Equal(1, ExpectCheckpoint().Round);
    }

    [Fact]
    public void An_interrupted_run_keeps_the_updates_logged_since_its_checkpoint()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint();
        DeliverLogged(0);
        AwaitHandled(Aggregator);
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);

        Assert.Equal(new RunOutcome.Interrupted(0), ExpectEnd());
        Journal.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_interrupted_run_waits_for_a_checkpoint_that_is_being_written()
    {
        Begin(Small.Plan(Synchronous));
        ExpectCheckpoint(answer: false);
        Aggregator.Tell(AggregatorProtocol.Interrupt.Instance);
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);
        Aggregator.Tell(new JournalProtocol.CheckpointSaved(0), Journal);

        Assert.Equal(new RunOutcome.Interrupted(0), ExpectEnd());
    }

    private static AcceptedUpdate Update(FederationPlan plan, long id) =>
        new(Small.Given(id), 10, 0.5, 0.25, 0, Small.Vector(plan, (ulong)id));

    private void Confirm(AcceptedUpdate update) =>
        Aggregator.Tell(new JournalProtocol.AcceptedLogged(update.Assignment.Id), Journal);

    private void DeliverLogged(params int[] clients)
    {
        foreach (var client in clients)
        {
            Deliver(client);
            Confirm(Journal.ExpectMsg<JournalProtocol.LogAccepted>().Update);
            Client(client).ExpectMsg<ClientProtocol.Accepted>();
        }
    }

    private void Pass(TimeSpan time)
    {
        AwaitHandled(Aggregator);
        Time.Advance(time);
        Scheduler.Advance(time);
        AwaitHandled(Aggregator);
    }
}
