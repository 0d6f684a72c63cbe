using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Federation;

/// <summary>A run that was interrupted or killed at any moment goes on to the same bits and results.</summary>
public sealed class InterruptionTests : ActorTest
{
    private static readonly FederationSettings Eventful = (Small.Settings with
    {
        Rounds = 8,
        Evaluation = new EvaluationSettings(Every: 1, WatchClass: null),
    })
    .With(Small.NoDropout with { Crash = 0.2, Offline = 0.2 })
    .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(2.5)));

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    public async Task An_interrupted_run_can_be_resumed_at_every_round(int checkpointSeconds)
    {
        var plan = Small.Plan(Eventful with { Journal = new JournalSettings(TimeSpan.FromSeconds(checkpointSeconds)) });
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")));
        foreach (var round in new[] { 1, 3, 6, 8 })
        {
            var folder = _folder.At($"interrupted-{round}");
            var outcome = await InterruptAt(plan, folder, round);
            if (outcome is RunOutcome.Interrupted interrupted)
            {
                Assert.True(RunStore.CanResume(folder));
                Assert.InRange(interrupted.Round, round, plan.Settings.Rounds);
                await Runs.Complete(Sys, plan, Small.Options(folder, resume: true));
            }

            Runs.AssertSame(_folder.At("whole"), folder);
        }
    }

    [Fact]
    public async Task A_run_interrupted_again_and_again_ends_with_the_same_bits()
    {
        var plan = Small.Plan(Eventful);
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")));
        var folder = _folder.At("interrupted");
        var outcome = await InterruptAt(plan, folder, 1);
        for (var round = 2; outcome is RunOutcome.Interrupted; round++)
        {
            outcome = await InterruptAt(plan, folder, round, resume: true);
        }

        Assert.IsType<RunOutcome.Completed>(outcome);
        Runs.AssertSame(_folder.At("whole"), folder);
    }

    [Fact]
    public async Task A_run_killed_at_any_moment_can_be_resumed_from_what_is_on_disk()
    {
        var plan = Small.Plan(Eventful);
        var copier = Sys.ActorOf(FolderCopier.Props(_folder.At("whole")));
        var copies = 0;
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")), _ =>
        {
            copies++;
            copier.Tell(new FolderCopier.Copy(_folder.At($"killed-{copies}")));
        });
        AwaitHandled(copier);

        Assert.True(copies >= 2 * plan.Settings.Rounds);
        foreach (var copy in Enumerable.Range(1, copies).Select(number => _folder.At($"killed-{number}")))
        {
            if (!RunStore.IsFinished(copy))
            {
                await Runs.Complete(Sys, plan, Small.Options(copy, resume: true));
            }

            Runs.AssertSame(_folder.At("whole"), copy);
        }
    }

    [Fact]
    public async Task On_the_wall_clock_a_run_killed_at_any_moment_can_be_resumed_and_completes()
    {
        var plan = Small.Plan((Small.Settings with { Clock = ClockMode.Wall, Rounds = 4 })
            .With(new CadenceSettings(CadencePolicy.Synchronous, Quorum: 1, Deadline: null)));
        var copier = Sys.ActorOf(FolderCopier.Props(_folder.At("whole")));
        var copies = 0;
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")), _ =>
        {
            copies++;
            copier.Tell(new FolderCopier.Copy(_folder.At($"killed-{copies}")));
        });
        AwaitHandled(copier);

        foreach (var copy in Enumerable.Range(1, copies).Select(number => _folder.At($"killed-{number}")))
        {
            if (!RunStore.IsFinished(copy))
            {
                var summary = await Runs.Complete(Sys, plan, Small.Options(copy, resume: true));
                Assert.Equal(12, summary.Counters.UpdatesAggregated);
            }

            Assert.Equal(Runs.Results(_folder.At("whole")).Count, Runs.Results(copy).Count);
        }
    }

    [Fact]
    public async Task A_finished_run_that_was_asked_to_stop_is_finished()
    {
        using var interruption = new CancellationTokenSource();
        var plan = Small.Plan();
        var outcome = await Runs.Execute(Sys, plan, Small.Options(_folder.Root), interruption: interruption.Token);
        interruption.Cancel();

        Assert.IsType<RunOutcome.Completed>(outcome);
        Assert.True(RunStore.IsFinished(_folder.Root));
    }

    [Fact]
    public async Task A_run_interrupted_before_it_begins_can_be_resumed()
    {
        var plan = Small.Plan();
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")));
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();
        var folder = _folder.At("interrupted");

        Assert.IsType<RunOutcome.Interrupted>(await Runs.Execute(Sys, plan, Small.Options(folder), interruption: interruption.Token));
        await Runs.Complete(Sys, plan, Small.Options(folder, resume: true));

        Runs.AssertSame(_folder.At("whole"), folder);
    }

    [Fact]
    public async Task A_run_is_not_resumed_with_other_settings()
    {
        var folder = _folder.At("run");
        await InterruptAt(Small.Plan(Eventful), folder, 2);

        var outcome = await Runs.Execute(Sys, Small.Plan(Eventful with { Seed = 8 }), Small.Options(folder, resume: true));

        Assert.Contains("belongs to a run with other settings", Assert.IsType<RunOutcome.Failed>(outcome).Reason);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private async Task<RunOutcome> InterruptAt(FederationPlan plan, string folder, int round, bool resume = false)
    {
        using var interruption = new CancellationTokenSource();
        return await Runs.Execute(
            Sys,
            plan,
            Small.Options(folder, resume: resume),
            progress =>
            {
                if (progress.Round >= round)
                {
                    interruption.Cancel();
                }
            },
            interruption.Token);
    }
}
