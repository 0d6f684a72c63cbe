using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Journal;

public sealed class JournalActorTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly FederationPlan _plan = Small.Plan();
    private readonly TestProbe _federation;

    public JournalActorTests() => _federation = CreateTestProbe();

    [Fact]
    public void At_the_start_there_is_nothing_to_recover()
    {
        Start().Tell(JournalProtocol.Recover.Instance);

        var recovered = ExpectMsg<JournalProtocol.Recovered>();
        Assert.Null(recovered.Checkpoint);
        Assert.Empty(recovered.Accepted);
    }

    [Fact]
    public void Checkpoints_and_accepted_updates_are_confirmed_when_they_are_on_disk_and_can_be_recovered()
    {
        var checkpoint = new FederationState(_plan).ToCheckpoint(1);
        var update = new AcceptedUpdate(Small.Given(1), 10, 0.5, 0.25, 0, Small.Vector(_plan, 1));
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.SaveCheckpoint(checkpoint));
        ExpectMsg(new JournalProtocol.CheckpointSaved(0));
        journal.Tell(new JournalProtocol.LogAccepted(update));
        ExpectMsg(new JournalProtocol.AcceptedLogged(1));
        Stop(journal);

        using var store = new RunStore(_plan, Small.Options(_folder.Root, resume: true), _ => { });
        var (saved, accepted) = store.Recover();
        Checkpoints.AssertSame(checkpoint, saved!);
        Assert.Equal([update], accepted.AsEnumerable());
    }

    [Fact]
    public void Each_accepted_update_is_confirmed_once_and_in_order_also_where_a_checkpoint_overtakes_the_disk()
    {
        var checkpoint = new FederationState(_plan).ToCheckpoint(1);
        var journal = StartAndRecover();
        var expected = new List<object>();
        for (var id = 1L; id <= 9; id++)
        {
            journal.Tell(new JournalProtocol.LogAccepted(new AcceptedUpdate(Small.Given(id), 10, 0.5, 0.25, 0, Small.Vector(_plan, (ulong)id))));
            expected.Add(new JournalProtocol.AcceptedLogged(id));
            if (id % 3 == 1)
            {
                // From here on the disk may be at work.
                AwaitHandled(journal);
            }
            else if (id % 3 == 0)
            {
                journal.Tell(new JournalProtocol.SaveCheckpoint(checkpoint));
                expected.Add(new JournalProtocol.CheckpointSaved(0));
            }
        }

        Assert.Equal(expected, ReceiveN(expected.Count));
        AwaitHandled(journal);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_finished_run_is_confirmed_when_its_results_are_on_disk()
    {
        var summary = Records.Summary(_plan);
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.AppendRound(Records.Round(6)));
        journal.Tell(new JournalProtocol.Finish(Small.Vector(_plan, 1), summary));

        ExpectMsg(new JournalProtocol.Finished(summary));
        Assert.True(RunStore.IsFinished(_folder.Root));
        Assert.Single(File.ReadAllLines(_folder.At("rounds.jsonl")));
    }

    [Fact]
    public void A_run_that_ends_right_after_a_checkpoint_leaves_nothing_to_tidy_up()
    {
        var summary = Records.Summary(_plan);
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.SaveCheckpoint(new FederationState(_plan).ToCheckpoint(1)));
        journal.Tell(new JournalProtocol.Finish(Small.Vector(_plan, 1), summary));
        ExpectMsg<JournalProtocol.CheckpointSaved>();
        ExpectMsg<JournalProtocol.Finished>();
        AwaitHandled(journal);

        _federation.ExpectNoMsg(TimeSpan.Zero);
        Assert.False(RunStore.CanResume(_folder.Root));
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_told_to_the_federation()
    {
        File.WriteAllText(_folder.At("run"), "a file");
        var journal = Start("run");
        journal.Tell(JournalProtocol.Recover.Instance);

        var failed = _federation.ExpectMsg<JournalProtocol.JournalFailed>();
        Assert.IsAssignableFrom<IOException>(failed.Cause);
        Assert.Equal(failed.Cause.Message, failed.Reason);
    }

    [Fact]
    public void After_a_refused_write_nothing_more_is_written()
    {
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.AppendRound(Records.Round(1)));
        AwaitHandled(journal);
        Directory.CreateDirectory(_folder.At("journal", "checkpoint-00000001.tmp"));
        journal.Tell(new JournalProtocol.SaveCheckpoint(new FederationState(_plan).ToCheckpoint(1)));
        _federation.ExpectMsg<JournalProtocol.JournalFailed>();
        var before = Directory.GetFileSystemEntries(_folder.Root, "*", SearchOption.AllDirectories);

        journal.Tell(new JournalProtocol.AppendRound(Records.Round(2)));
        journal.Tell(new JournalProtocol.LogAccepted(new AcceptedUpdate(Small.Given(1), 1, 1, 1, 0, Small.Vector(_plan, 1))));
        journal.Tell(new JournalProtocol.Finish(Small.Vector(_plan, 1), Records.Summary(_plan)));
        AwaitHandled(journal);

        ExpectNoMsg(TimeSpan.Zero);
        _federation.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Root, "*", SearchOption.AllDirectories));
        Assert.Single(File.ReadAllLines(_folder.At("rounds.jsonl")));
    }

    [FullDiskFact]
    public void A_disk_without_room_for_a_line_of_results_is_told_to_the_federation()
    {
        File.CreateSymbolicLink(_folder.At("rounds.jsonl"), "/dev/full");
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.AppendRound(Records.Round(1)));

        Assert.Contains("space", _federation.ExpectMsg<JournalProtocol.JournalFailed>().Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_told_to_the_federation()
    {
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.SaveCheckpoint(new FederationState(_plan).ToCheckpoint(1) with { Fingerprint = "other" }));
        ExpectMsg<JournalProtocol.CheckpointSaved>();
        Stop(journal);
        var successor = Start(resume: true);
        successor.Tell(JournalProtocol.Recover.Instance);

        Assert.Contains("other", _federation.ExpectMsg<JournalProtocol.JournalFailed>().Reason);
    }

    [Fact]
    public void A_restarted_journal_says_so_and_takes_nothing_until_it_has_recovered_from_the_disk()
    {
        var checkpoint = new FederationState(_plan).ToCheckpoint(1);
        var journal = StartAndRecover();
        journal.Tell(new JournalProtocol.SaveCheckpoint(checkpoint));
        ExpectMsg<JournalProtocol.CheckpointSaved>();
        journal.Tell(Kill.Instance);
        journal.Tell(new JournalProtocol.AppendRound(Records.Round(1)));
        _federation.ExpectMsg<JournalProtocol.JournalRestarted>();
        journal.Tell(JournalProtocol.Recover.Instance);

        Checkpoints.AssertSame(checkpoint, ExpectMsg<JournalProtocol.Recovered>().Checkpoint!);
        Assert.Empty(File.ReadAllLines(_folder.At("rounds.jsonl")));
        journal.Tell(new JournalProtocol.SaveCheckpoint(checkpoint with { Round = 1 }));
        ExpectMsg(new JournalProtocol.CheckpointSaved(1));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private IActorRef Start(string folder = ".", bool resume = false) => StartBelow(
        _federation,
        JournalActor.Props(_plan, Small.Options(Path.Combine(_folder.Root, folder), resume: resume)),
        "journal",
        FederationActor.DecideOnFailure);

    private IActorRef StartAndRecover()
    {
        var journal = Start();
        journal.Tell(JournalProtocol.Recover.Instance);
        ExpectMsg<JournalProtocol.Recovered>();
        return journal;
    }

    private void Stop(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }
}
