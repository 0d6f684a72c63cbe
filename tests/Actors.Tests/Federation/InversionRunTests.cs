using System.Text.Json.Nodes;
using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Tests.Federation;

/// <summary>Whole runs in which stale updates are converted, judged and in the end no longer converted.</summary>
public sealed class InversionRunTests : ActorTest
{
    private static readonly FederationSettings Eventful = (Small.Settings with
    {
        Rounds = 12,
        Evaluation = new EvaluationSettings(Every: 1, WatchClass: null),
    })
    .With(Small.NoDropout with { Crash = 0.1, Offline = 0.05 })
    .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(2.5)))
    .With(Small.Inversion with
    {
        Uniqueness = new UniquenessGuard { MinNeighbours = 2, Margin = 0.5 },
        SwitchBack = new SwitchBackGuard { Window = 4, MinComparisons = 3, Over = 3 },
    });

    private static readonly FederationSettings Buffered = Eventful
        .With(new CadenceSettings(CadencePolicy.Buffered, Quorum: 1, Deadline: null, BufferSize: 2))
        .With(new SelectionSettings(SelectionPolicy.Available, PerRound: 3, Concurrency: 4));

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cadences => ["rounds", "buffered"];

    [Theory]
    [MemberData(nameof(Cadences))]
    public async Task Any_number_of_workers_gives_the_same_bits(string cadence)
    {
        var plan = PlanOf(cadence);
        var summary = await Complete(plan, "one", workers: 1);
        await Complete(plan, "two", workers: 2);
        await Complete(plan, "three", workers: 3);

        Assert.True(summary.Counters is { ConvertedUpdates: > 0, StaleUpdates: > 0 }, summary.Counters.ToString());
        Assert.All(["two", "three"], other => Runs.AssertSame(_folder.At("one"), _folder.At(other)));
    }

    [Fact]
    public async Task The_switch_back_begins_by_itself_and_is_in_the_results()
    {
        // Two versions are little staleness, and two images little to estimate from: the estimates are soon the worse.
        var summary = await Complete(
            Small.Plan((Eventful with { Rounds = 20 }).With(Small.Inversion with
            {
                SwitchBack = new SwitchBackGuard { Window = 4, MinComparisons = 3, Over = 3 },
            })),
            "run");

        Assert.NotNull(summary.SwitchRound);
        var weights = Runs.Results(_folder.At("run")).Select(line => (double)JsonNode.Parse(line)!["inversionWeight"]!).ToArray();
        Assert.Equal((1.0, 0.0), (weights[0], weights[^1]));
        Assert.Equal(weights.OrderDescending(), weights);
        Assert.True(summary.Counters.ConvertedUpdates < summary.Counters.StaleUpdates);
    }

    [Theory]
    [MemberData(nameof(Cadences))]
    public async Task A_corrector_and_inverters_killed_in_the_middle_leave_no_trace_in_the_bits(string cadence)
    {
        var plan = PlanOf(cadence);
        await Complete(plan, "left alone");
        var killed = 0;

        await Complete(plan, "haunted", progress: progress =>
        {
            Sys.ActorSelection("/user/federation/corrector/*").Tell(Kill.Instance);
            if (progress.Round is 4 or 8 && killed < progress.Round / 4)
            {
                killed++;
                Sys.ActorSelection("/user/federation/corrector").Tell(Kill.Instance);
            }
        });

        Assert.Equal(2, killed);
        Runs.AssertSame(_folder.At("left alone"), _folder.At("haunted"));
    }

    [Theory]
    [MemberData(nameof(Cadences))]
    public async Task A_run_killed_at_any_moment_can_be_resumed_from_what_is_on_disk(string cadence)
    {
        var plan = PlanOf(cadence);
        var copier = Sys.ActorOf(FolderCopier.Props(_folder.At("whole")));
        var copies = 0;
        await Complete(plan, "whole", progress: _ =>
        {
            copies++;
            copier.Tell(new FolderCopier.Copy(_folder.At($"killed-{copies}")));
        });
        AwaitHandled(copier);

        // Every fifth, for time's sake; they lie at different places within the rounds.
        foreach (var copy in Enumerable.Range(1, copies).Where(number => number % 5 == 0).Select(number => _folder.At($"killed-{number}")))
        {
            if (!RunStore.IsFinished(copy))
            {
                await Runs.Complete(Sys, plan, Small.Options(copy, resume: true));
            }

            Runs.AssertSame(_folder.At("whole"), copy);
        }
    }

    [Fact]
    public async Task A_run_interrupted_again_and_again_ends_with_the_same_bits()
    {
        var plan = PlanOf("rounds");
        await Complete(plan, "whole");
        var folder = _folder.At("interrupted");
        RunOutcome outcome = new RunOutcome.Interrupted(0);
        for (var round = 2; outcome is RunOutcome.Interrupted; round += 3)
        {
            using var interruption = new CancellationTokenSource();
            outcome = await Runs.Execute(
                Sys,
                plan,
                Small.Options(folder, resume: round > 2),
                progress =>
                {
                    if (progress.Round >= round)
                    {
                        interruption.Cancel();
                    }
                },
                interruption.Token);
        }

        Assert.IsType<RunOutcome.Completed>(outcome);
        Runs.AssertSame(_folder.At("whole"), folder);
    }

    [Fact]
    public async Task On_the_wall_clock_stale_updates_are_converted_as_time_allows()
    {
        var summary = await Complete(
            Small.Plan((Eventful with { Clock = ClockMode.Wall, Rounds = 8, RoundDuration = TimeSpan.FromMilliseconds(30) })
                .With(Small.NoDropout)
                .With(Small.Inversion)
                .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromMilliseconds(70)))),
            "wall");

        // What is stale, and what has been converted by the end, depends on the machine.
        Assert.Equal(8, summary.Rounds);
        Assert.InRange(summary.Counters.ConvertedUpdates + summary.Counters.FailedConversions, 0, summary.Counters.StaleUpdates);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private static FederationPlan PlanOf(string cadence) => Small.Plan(cadence == "rounds" ? Eventful : Buffered);

    private Task<RunSummary> Complete(FederationPlan plan, string folder, int workers = 2, Action<RunProgress>? progress = null) =>
        Runs.Complete(Sys, plan, Small.Options(_folder.At(folder), workers), progress);
}
