using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;
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
    }

    private static AssignmentOutcome OutcomeOf(FederationPlan plan, Assignment assignment) => (assignment.Id % 5) switch
    {
        0 => new AssignmentOutcome.Refused("no", Small.Metrics),
        4 => new AssignmentOutcome.Lost(LossReason.Offline, Small.Metrics),
        _ => new AssignmentOutcome.Delivered(Small.Vector(plan, (ulong)assignment.Id), 10, Small.Metrics),
    };
}
