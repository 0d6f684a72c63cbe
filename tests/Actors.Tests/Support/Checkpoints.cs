using System.Collections.Immutable;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Corrector;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Support;

/// <summary>States of runs, and a way to compare them.</summary>
internal static class Checkpoints
{
    /// <summary>Settings under which a state has something of everything in it.</summary>
    public static readonly FederationSettings Eventful = (Small.Settings with
    {
        Aggregation = new AggregationSettings(new MeanRule(), new AdamServerOptimizer()),
        Evaluation = new EvaluationSettings(Every: 1, WatchClass: null),
    })
    .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 2], TimeSpan.FromSeconds(3)))
    .With(new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 2));

    /// <summary>Plays rounds by hand: half of the work is delivered, some is refused, lost, or late.</summary>
    public static FederationState Play(FederationPlan plan, int rounds)
    {
        var state = new FederationState(plan);
        for (var client = 0; client < plan.Settings.Data.Clients; client++)
        {
            state.Roster.Join(client, Akka.Actor.ActorRefs.Nobody);
        }

        for (var round = 0; round < rounds; round++)
        {
            PlayRound(plan, state);
        }

        state.GiveWork();
        return state;
    }

    /// <summary>Plays one more round.</summary>
    public static void PlayRound(FederationPlan plan, FederationState state)
    {
        state.GiveWork();
        state.AdvanceTo(state.Now + plan.Settings.RoundDuration);
        foreach (var assignment in state.Ledger.Open.Where(open => open.Due <= state.Now).ToList())
        {
            state.Settle(assignment, OutcomeOf(plan, assignment));
        }

        if (state.CloseRound(wallSeconds: state.Round) is { Round: 1 } evaluation)
        {
            state.CompleteEvaluation(evaluation.Round, new EvaluationResult(0.5, double.NaN, [0.25, 0.75]), 0.5);
        }
    }

    public static void AssertSame(Checkpoint expected, Checkpoint actual)
    {
        Assert.Equal(expected.Fingerprint, actual.Fingerprint);
        Assert.Equal(expected.Round, actual.Round);
        Assert.Equal(expected.Now, actual.Now);
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.NextAssignment, actual.NextAssignment);
        Assert.Equal(expected.SelectionCursor, actual.SelectionCursor);
        Assert.Equal(expected.Tally, actual.Tally);
        Assert.Equal(expected.Open.AsEnumerable(), actual.Open);
        Assert.Equal(expected.Away.AsEnumerable(), actual.Away);
        Assert.Equal(expected.Settled.AsEnumerable(), actual.Settled);
        Assert.Equal(expected.Statistics, actual.Statistics);
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(expected.Evaluations.AsEnumerable(), actual.Evaluations);
        Assert.Equal(expected.LastEvaluation?.Round, actual.LastEvaluation?.Round);
        Assert.Equal(expected.LastEvaluation?.Loss, actual.LastEvaluation?.Loss);
        Assert.Equal(expected.LastEvaluation?.ClassAccuracy, actual.LastEvaluation?.ClassAccuracy);
        Assert.Equal(expected.Optimizer.Steps, actual.Optimizer.Steps);
        Assert.Equal(expected.Optimizer.Moments.AsEnumerable(), actual.Optimizer.Moments);
        Assert.Equal(expected.Versions.OrderBy(pair => pair.Key), actual.Versions.OrderBy(pair => pair.Key));
        Assert.Equal(expected.Staleness.AsEnumerable(), actual.Staleness);
        Assert.Equal((expected.SwitchRound, expected.InversionWeight), (actual.SwitchRound, actual.InversionWeight));
        Assert.Equal(expected.Tiers?.Models.AsEnumerable(), actual.Tiers?.Models);
        Assert.Equal(expected.Tiers?.Updates.AsEnumerable(), actual.Tiers?.Updates);
        Assert.Equal(expected.Corrections.AsEnumerable(), actual.Corrections);
        AssertSame(expected.Corrector, actual.Corrector);
    }

    public static void AssertSame(CorrectorState expected, CorrectorState actual)
    {
        Assert.Equal(expected.GreatestStaleness, actual.GreatestStaleness);
        Assert.Equal(expected.Clients.Keys, actual.Clients.Keys);
        Assert.Equal(expected.Clients.Values.Select(memory => memory.Latest), actual.Clients.Values.Select(memory => memory.Latest));
        Assert.Equal(expected.Clients.Values.SelectMany(memory => memory.Past), actual.Clients.Values.SelectMany(memory => memory.Past));
        Assert.Equal(expected.Observed.Select(Described), actual.Observed.Select(Described));
        Assert.Equal(expected.SwitchBack.Comparisons.AsEnumerable(), actual.SwitchBack.Comparisons);
        Assert.Equal(
            (expected.SwitchBack.Ratio, expected.SwitchBack.SwitchedAt), (actual.SwitchBack.Ratio, actual.SwitchBack.SwitchedAt));

        static (int, long, long, string) Described(ObservedUpdate update) =>
            (update.Client, update.BaseVersion, update.Staleness, update.Sketch.Buckets.Hash);
    }

    /// <summary>A corrector's memory with something of everything in it.</summary>
    public static CorrectorState Remembering()
    {
        Reconstruction Data(ulong seed) => new(Small.Vector(6, seed), Small.Vector(4, seed + 1));
        var shared = Data(1);
        var stale = Small.Vector(9, 3);
        return new CorrectorState
        {
            Clients = ImmutableSortedDictionary<int, ClientMemory>.Empty
                .Add(4, new ClientMemory(new WarmStart(shared, 2.5), [new(3, Data(5), stale), new(7, shared, Small.Vector(9, 8))]))
                .Add(1, new ClientMemory(new WarmStart(Data(9), 0.1), [])),
            Observed = [new(3, 1, 0, UpdateSketch.Of(stale)), new(4, 0, 2, UpdateSketch.Of(Small.Vector(9, 12)))],
            GreatestStaleness = 2,
            SwitchBack = new SwitchBackState
            {
                Comparisons = [new ErrorComparison(3, -0.1), new ErrorComparison(5, 1.0 / 3)],
                Ratio = 1.25,
                SwitchedAt = 6,
            },
        };
    }

    private static AssignmentOutcome OutcomeOf(FederationPlan plan, Assignment assignment) => (assignment.Id % 5) switch
    {
        0 => new AssignmentOutcome.Refused("no", Small.Metrics),
        4 => new AssignmentOutcome.Lost(LossReason.Offline, Small.Metrics),
        _ => new AssignmentOutcome.Delivered(Small.Vector(plan, (ulong)assignment.Id), 10, Small.Metrics),
    };
}
