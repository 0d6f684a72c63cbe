using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Federation;

/// <summary>A run in virtual time depends on its settings and its seed only.</summary>
public sealed class DeterminismTests : ActorTest
{
    private static readonly SlowDeviceSettings TwoSlow =
        new(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(2.5));

    private static readonly FederationSettings Eventful = (Small.Settings with { Rounds = 8 })
        .With(Small.NoDropout with { Crash = 0.2, Offline = 0.2 })
        .With(TwoSlow);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<CadencePolicy, SelectionPolicy> Policies => new()
    {
        { CadencePolicy.Rounds, SelectionPolicy.RoundRobin },
        { CadencePolicy.Rounds, SelectionPolicy.Random },
        { CadencePolicy.Synchronous, SelectionPolicy.Available },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Any_number_of_workers_and_a_second_run_give_the_same_bits(CadencePolicy cadence, SelectionPolicy selection)
    {
        var plan = Small.Plan(Eventful
            .With(new CadenceSettings(cadence, Quorum: 0.5, Deadline: TimeSpan.FromSeconds(1)))
            .With(new SelectionSettings(selection, PerRound: 3)));
        var summary = await Complete(plan, "one", workers: 1);
        await Complete(plan, "two", workers: 2);
        await Complete(plan, "three", workers: 3);
        await Complete(plan, "again", workers: 2);

        Assert.True(summary.Counters is { UpdatesDropped: > 0, DeviceRestarts: > 0 });
        Assert.All(["two", "three", "again"], other => Runs.AssertSame(_folder.At("one"), _folder.At(other)));
    }

    public static TheoryData<string, CadencePolicy> AsynchronousPolicies
    {
        get
        {
            var cases = new TheoryData<string, CadencePolicy>();
            foreach (var policy in Asynchronous.Keys)
            {
                cases.Add(policy, CadencePolicy.Rounds);
                cases.Add(policy, CadencePolicy.Buffered);
                cases.Add(policy, CadencePolicy.Immediate);
            }

            return cases;
        }
    }

    private static IReadOnlyDictionary<string, IStalenessPolicy> Asynchronous { get; } = new IStalenessPolicy[]
    {
        new Drop(),
        new FirstOrder(),
        new WeightPrediction(window: 2),
        new Tiers(),
        Small.Inversion,
    }.ToDictionary(policy => policy.Name);

    [Theory]
    [MemberData(nameof(AsynchronousPolicies))]
    public async Task Policies_that_look_back_give_the_same_bits_on_any_number_of_workers(string policy, CadencePolicy cadence)
    {
        var plan = Small.Plan(Eventful
            .With(Asynchronous[policy])
            .With(new CadenceSettings(cadence, Quorum: 1, Deadline: null, BufferSize: 2))
            .With(new SelectionSettings(
                SelectionPolicy.Random, PerRound: 3, Concurrency: cadence == CadencePolicy.Rounds ? null : 4)));
        var summary = await Complete(plan, "one", workers: 1);
        await Complete(plan, "three", workers: 3);

        Assert.True(summary.Counters.UpdatesAggregated > 0);
        Assert.Equal(policy == "gradient-inversion", summary.Counters.ConvertedUpdates > 0);
        Runs.AssertSame(_folder.At("one"), _folder.At("three"));
    }

    [Fact]
    public async Task Versions_that_lie_on_disk_leave_no_trace_in_the_bits()
    {
        var settings = Small.Settings.With(Small.Inversion)
            .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(4)));
        await Complete(Small.Plan(settings with { Journal = new JournalSettings(TimeSpan.Zero) }), "in memory");
        await Complete(Small.Plan(settings with { Journal = new JournalSettings(TimeSpan.Zero, VersionMemory: 0) }), "on disk");

        Runs.AssertSame(_folder.At("in memory"), _folder.At("on disk"));
    }

    [Fact]
    public async Task Latencies_that_scatter_give_the_same_bits_on_any_number_of_workers()
    {
        var devices = Eventful.Devices with
        {
            Latency = TimeSpan.FromSeconds(1),
            Jitter = new JitterSettings(JitterDistribution.LogNormal, Spread: 0, Sigma: 1, JitterScope.Assignment),
        };
        var plan = Small.Plan(Eventful with { Devices = devices });
        var summary = await Complete(plan, "one", workers: 1);
        await Complete(plan, "three", workers: 3);
        await Complete(Small.Plan(Eventful with { Devices = devices with { Jitter = JitterSettings.None } }), "regular");

        Assert.True(summary.Counters.StalenessCounts.Counts.Count(count => count > 0) > 2);
        Runs.AssertSame(_folder.At("one"), _folder.At("three"));
        Assert.NotEqual(Runs.Model(_folder.At("one")), Runs.Model(_folder.At("regular")));
    }

    [Fact]
    public async Task Another_seed_gives_other_bits()
    {
        await Complete(Small.Plan(Small.Settings), "one");
        await Complete(Small.Plan(Small.Settings with { Seed = 8 }), "other");

        Assert.NotEqual(Runs.Model(_folder.At("one")), Runs.Model(_folder.At("other")));
    }

    [Fact]
    public async Task Trainers_killed_from_outside_leave_no_trace_in_the_bits()
    {
        var plan = Small.Plan(Eventful);
        await Complete(plan, "left alone");
        var trainers = Sys.ActorSelection("/user/devices/*/trainer");
        var (soon, often) = (TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(11));
        using var killing = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellRepeatedly(soon, often, trainers, Kill.Instance, ActorRefs.NoSender, killing);
        Sys.Scheduler.ScheduleTellRepeatedly(often, 2 * often, trainers, PoisonPill.Instance, ActorRefs.NoSender, killing);

        await Complete(plan, "haunted", progress: _ => trainers.Tell(Kill.Instance));
        killing.Cancel();

        Runs.AssertSame(_folder.At("left alone"), _folder.At("haunted"));
    }

    [Fact]
    public async Task Clients_killed_from_outside_leave_no_trace_in_the_bits()
    {
        var plan = Small.Plan(Eventful);
        await Complete(plan, "left alone");

        await Complete(plan, "haunted", progress: progress =>
            Sys.ActorSelection($"/user/devices/client-{progress.Round % 6}").Tell(Kill.Instance));

        Runs.AssertSame(_folder.At("left alone"), _folder.At("haunted"));
    }

    [Fact]
    public async Task An_aggregator_killed_in_the_middle_goes_on_to_the_same_bits()
    {
        var plan = Small.Plan(Eventful);
        await Complete(plan, "left alone");
        var killed = 0;

        await Complete(plan, "haunted", progress: progress =>
        {
            if (progress.Round is 3 or 5 && killed < 2)
            {
                killed++;
                Sys.ActorSelection("/user/federation/aggregator").Tell(Kill.Instance);
            }
        });

        Assert.Equal(2, killed);
        Runs.AssertSame(_folder.At("left alone"), _folder.At("haunted"));
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("evaluator")]
    public async Task Another_child_of_the_federation_killed_in_the_middle_does_not_change_the_bits(string child)
    {
        var plan = Small.Plan(Eventful);
        await Complete(plan, "left alone");
        var killed = false;

        await Complete(plan, "haunted", progress: progress =>
        {
            if (progress.Round >= 4 && !killed)
            {
                killed = true;
                Sys.ActorSelection($"/user/federation/{child}").Tell(Kill.Instance);
            }
        });

        Assert.True(killed);
        Runs.AssertSame(_folder.At("left alone"), _folder.At("haunted"));
    }

    [Fact]
    public async Task Where_nobody_is_slow_synchronous_rounds_and_rounds_of_fixed_duration_are_the_same()
    {
        await Complete(Small.Plan(), "rounds");
        await Complete(Small.Plan(Small.Settings.With(new CadenceSettings(CadencePolicy.Synchronous, 1, null))), "synchronous");

        Assert.Equal(Runs.Model(_folder.At("rounds")), Runs.Model(_folder.At("synchronous")));
    }

    [Fact]
    public async Task The_reference_policy_takes_slow_devices_as_if_they_were_not()
    {
        await Complete(Small.Plan(Small.Settings.With(new Fresh()).With(TwoSlow)), "fresh");
        await Complete(Small.Plan(Small.Settings.With(new None())), "nobody slow");

        Assert.Equal(Runs.Model(_folder.At("nobody slow")), Runs.Model(_folder.At("fresh")));
    }

    [Fact]
    public async Task Slow_devices_make_a_difference_and_so_does_the_policy()
    {
        var slow = await Complete(Small.Plan(Small.Settings.With(new None()).With(TwoSlow)), "none");
        await Complete(Small.Plan(Small.Settings.With(new None())), "nobody slow");
        await Complete(Small.Plan(Small.Settings.With(TwoSlow)), "exponential");

        Assert.True(slow.Counters.StaleUpdates > 0);
        Assert.Equal(3, new[] { "none", "nobody slow", "exponential" }
            .Select(name => Convert.ToHexString(Runs.Model(_folder.At(name)))).Distinct().Count());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private Task<RunSummary> Complete(FederationPlan plan, string folder, int workers = 2, Action<RunProgress>? progress = null) =>
        Runs.Complete(Sys, plan, Small.Options(_folder.At(folder), workers), progress);
}
