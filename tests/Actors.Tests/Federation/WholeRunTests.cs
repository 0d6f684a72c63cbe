using System.Diagnostics;
using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;
using FedActors.Models.Data;
using FedActors.Models.Parameters;
using FedActors.Models.Training;
using TorchSharp;

namespace FedActors.Actors.Tests.Federation;

public sealed class WholeRunTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_run_tells_its_progress_and_leaves_its_results()
    {
        var plan = Small.Plan();
        var progress = new List<RunProgress>();
        var summary = await Complete(plan, progress.Add);

        Assert.Equal(Enumerable.Range(1, 6), progress.Select(entry => entry.Round).Distinct());
        Assert.Equal(3, progress.Select(entry => entry.LastEvaluation?.Round).Where(round => round is not null).Distinct().Count());
        Assert.Equal(3, Runs.Results(_folder.Root).Count);
        Assert.Equal((6, 18), (summary.Rounds, summary.Counters.UpdatesAggregated));
        Assert.Equal(6, summary.VirtualSeconds);
        Assert.True(RunStore.IsFinished(_folder.Root));
        var parameters = Safetensors.Read(_folder.At("model.safetensors")).ReadParameters(plan.Network.Layout);
        var measured = FedActors.Models.Training.Evaluation.Measure(plan.Network, parameters, plan.Data.Test);
        Assert.Equal((measured.Accuracy, measured.Loss), (summary.FinalAccuracy, summary.FinalLoss));
    }

    [Fact]
    public async Task A_run_learns()
    {
        var settings = Small.Settings with { Rounds = 20, Training = new TrainingRecipe(Epochs: 3, BatchSize: 5, LearningRate: 0.1) };

        var summary = await Complete(Small.Plan(settings));

        // Guessing is right in one of ten; sixty images teach a little more than that.
        Assert.True(summary.FinalAccuracy > 0.2, $"The accuracy is {summary.FinalAccuracy}.");
    }

    [Theory]
    [InlineData(CadencePolicy.Rounds)]
    [InlineData(CadencePolicy.Synchronous)]
    [InlineData(CadencePolicy.Buffered)]
    [InlineData(CadencePolicy.Immediate)]
    public async Task On_the_wall_clock_a_run_waits_for_real_latencies_and_completes(CadencePolicy cadence)
    {
        var settings = (Small.Settings with
        {
            Clock = ClockMode.Wall,
            Rounds = 4,
            RoundDuration = TimeSpan.FromMilliseconds(40),
            Devices = Small.Settings.Devices with { Latency = TimeSpan.FromMilliseconds(10) },
        })
        .With(new CadenceSettings(cadence, Quorum: 0.5, Deadline: TimeSpan.FromMilliseconds(200), BufferSize: 2))
        .With(Small.NoDropout with { Crash = 0.2, Offline = 0.1, OfflineFor = TimeSpan.FromMilliseconds(30) });
        var watch = Stopwatch.StartNew();

        var summary = await Complete(Small.Plan(settings));

        Assert.Equal(4, summary.Rounds);

        // Where arrivals end rounds, three updates may end as many rounds at once, and the fourth takes a second latency.
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(cadence is CadencePolicy.Rounds or CadencePolicy.Synchronous ? 40 : 20));
    }

    [Theory]
    [InlineData(CadencePolicy.Rounds)]
    [InlineData(CadencePolicy.Synchronous)]
    [InlineData(CadencePolicy.Buffered)]
    [InlineData(CadencePolicy.Immediate)]
    public async Task With_everybody_offline_the_rounds_pass_however_many_there_are(CadencePolicy cadence)
    {
        var settings = (Small.Settings with
        {
            Rounds = 3_000,
            Evaluation = new EvaluationSettings(Every: 3_000, WatchClass: null),
            Journal = new JournalSettings(TimeSpan.FromHours(1)),
        })
            .With(new CadenceSettings(cadence, Quorum: 1, Deadline: null))
            .With(Small.NoDropout with { Offline = Small.Always, OfflineFor = TimeSpan.FromDays(1) });

        var summary = await Complete(Small.Plan(settings));

        Assert.Equal((0, 6), (summary.Counters.UpdatesAggregated, summary.Counters.UpdatesDropped));
    }

    [Fact]
    public async Task Updates_that_are_not_finite_are_refused_and_the_run_completes()
    {
        var plan = Small.Plan(Small.Settings with { Training = new TrainingRecipe(Epochs: 2, BatchSize: 5, LearningRate: 1e30) });

        var summary = await Complete(plan);

        Assert.Equal(18, summary.Counters.UpdatesRejected);
        Assert.Equal(0, summary.Counters.UpdatesAggregated);
        Assert.Equal(
            plan.Network.Initialize(plan.Settings.Seed),
            Safetensors.Read(_folder.At("model.safetensors")).ReadParameters(plan.Network.Layout));
    }

    [Fact]
    public async Task Updates_beyond_the_bound_are_refused_and_the_run_completes()
    {
        var summary = await Complete(Small.Plan(Small.Settings with { Acceptance = new AcceptanceSettings(MaxNorm: 1e-9) }));

        Assert.Equal((18, 0), (summary.Counters.UpdatesRejected, summary.Counters.UpdatesAggregated));
    }

    [Fact]
    public async Task Devices_that_crash_too_often_are_dropped_and_the_run_completes()
    {
        var summary = await Complete(Small.Plan(Small.Settings.With(Small.NoDropout with { Crash = Small.Always, MaxRestarts = 1 })));

        Assert.Equal(0, summary.Counters.UpdatesAggregated);
        Assert.Equal(summary.Counters.UpdatesDropped, summary.Counters.DeviceRestarts);
        Assert.True(summary.Counters.UpdatesDropped >= 6);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_fails_the_run_with_a_message()
    {
        File.WriteAllText(_folder.At("run"), "a file");

        var outcome = await Runs.Execute(Sys, Small.Plan(), Small.Options(_folder.At("run")));

        var failed = Assert.IsType<RunOutcome.Failed>(outcome);
        Assert.Contains(_folder.At("run"), failed.Reason);
        Assert.True(failed.Resumable);
    }

    [FullDiskFact]
    public async Task A_disk_that_fills_up_fails_the_run_and_keeps_what_was_written()
    {
        var plan = Small.Plan();
        var (full, whole) = (_folder.At("full"), _folder.At("whole"));
        File.CreateSymbolicLink(_folder.At("full", "rounds.jsonl"), "/dev/full");

        var outcome = await Runs.Execute(Sys, plan, Small.Options(full));

        Assert.Contains("space", Assert.IsType<RunOutcome.Failed>(outcome).Reason, StringComparison.OrdinalIgnoreCase);
        Assert.True(RunStore.CanResume(full));
        File.Delete(_folder.At("full", "rounds.jsonl"));
        await Runs.Complete(Sys, plan, Small.Options(full, resume: true));
        await Runs.Complete(Sys, plan, Small.Options(whole));
        Runs.AssertSame(whole, full);
    }

    [Fact]
    public async Task A_federation_that_is_killed_fails_the_run_which_can_be_resumed()
    {
        var plan = Small.Plan();
        var outcome = await Runs.Execute(
            Sys, plan, Small.Options(_folder.Root), _ => Sys.ActorSelection("/user/federation").Tell(Kill.Instance));

        Assert.True(Assert.IsType<RunOutcome.Failed>(outcome).Resumable);
        await Runs.Complete(Sys, plan, Small.Options(_folder.Root, resume: true));
    }

    [Fact]
    public async Task Two_thousand_clients_of_which_few_work_start_fast()
    {
        var settings = Small.Settings with { Data = Small.Settings.Data with { Clients = 2_000, SamplesPerClient = 1 } };
        var plan = FederationPlan.Create(settings, Glyphs.Create(training: 2_000, test: 10, seed: 1));
        var watch = Stopwatch.StartNew();

        var summary = await Complete(plan);

        Assert.Equal(18, summary.Counters.UpdatesAggregated);
        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_run_with_crashes_and_inversions_leaves_no_tensor_behind()
    {
        var slow = new SlowDeviceSettings(SlowChoice.List, 0, null, [0, 1], TimeSpan.FromSeconds(2));
        var settings = Small.Settings.With(Small.Inversion).With(slow).With(Small.NoDropout with { Crash = 0.2 });
        using var workers = new WorkerPool(1);

        var summary = await Runs.Complete(Sys, Small.Plan(settings), Small.Options(_folder.Root) with { Pool = workers });
        var alive = await workers.Run(() => DisposeScopeManager.Statistics.ThreadTotalLiveCount, CancellationToken.None);

        Assert.True(summary.Counters.ConvertedUpdates > 0);
        Assert.Equal(0, alive);
    }

    [Fact]
    public async Task Runs_follow_each_other_in_one_actor_system()
    {
        for (var run = 0; run < 10; run++)
        {
            await Complete(Small.Plan(Small.Settings with { Rounds = 1 }));
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private Task<RunSummary> Complete(FederationPlan plan, Action<RunProgress>? progress = null) =>
        Runs.Complete(Sys, plan, Small.Options(_folder.Root), progress);
}
