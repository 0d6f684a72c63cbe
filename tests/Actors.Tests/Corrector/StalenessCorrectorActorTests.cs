using FedActors.Actors.Corrector;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Tests.Corrector;

/// <summary>What the corrector answers, and what it remembers.</summary>
public sealed class StalenessCorrectorActorTests : CorrectorBench
{
    [Fact]
    public void A_stale_update_is_answered_once_by_the_estimate_of_the_fresh_one()
    {
        Start();
        var update = Update(1);
        Correct(update);

        var corrected = ExpectCorrected(1);

        AssertConverted(Estimate(Invert(update)), corrected);
        Assert.Equal(Invert(update).Result.Iterations, corrected.Report.Iterations);
        AssertSilent();
    }

    [Fact]
    public void An_update_that_is_not_unique_is_left_to_the_fallback()
    {
        Start(Small.Inversion with { Uniqueness = new UniquenessGuard { MinNeighbours = 2 } });
        var update = Update(1);
        foreach (var client in new[] { 3, 4, 5 })
        {
            Tell(new CorrectorProtocol.Observe(10 + client, client, BaseVersion: 2, Staleness: 0, update.Delta));
        }

        Correct(update);

        AssertFallback(CorrectionKind.NotUnique, update, ExpectCorrected(1));
        Assert.Empty(Close().State.Clients);
    }

    [Fact]
    public void An_update_unlike_those_of_others_is_unique()
    {
        Start(Small.Inversion with { Uniqueness = new UniquenessGuard { MinNeighbours = 2 } });
        var update = Update(1);
        foreach (var client in new[] { 3, 4, 5 })
        {
            Tell(new CorrectorProtocol.Observe(10 + client, client, BaseVersion: 2, Staleness: 0, update.Delta.Scale(-1)));
        }

        Correct(update);

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
    }

    [Fact]
    public void An_update_is_compared_with_what_arrived_before_it_only()
    {
        Start(Small.Inversion with { Uniqueness = new UniquenessGuard { MinNeighbours = 2 } });
        var update = Update(1);
        Correct(update);
        foreach (var client in new[] { 3, 4, 5 })
        {
            Tell(new CorrectorProtocol.Observe(10 + client, client, BaseVersion: 2, Staleness: 0, update.Delta));
        }

        Assert.Equal(CorrectionKind.Converted, ExpectCorrected(1).Report.Kind);
        Assert.Equal([0, 3, 4, 5], Close().State.Observed.Select(observed => observed.Client));
    }

    [Fact]
    public void After_the_switch_back_an_update_is_aggregated_as_it_is()
    {
        Start(state: Switched(at: Version - 100));
        var update = Update(1);
        Correct(update);

        Assert.Equal(
            new CorrectorProtocol.Corrected(1, new TreatedUpdate(update.Delta), CorrectionReport.Free(CorrectionKind.SwitchedBack)),
            ExpectCorrected());
        Assert.Equal(0, Close().Weight);
    }

    [Fact]
    public void During_the_switch_estimate_and_stale_update_are_mixed()
    {
        Start(Small.Inversion with { SwitchBack = new SwitchBackGuard { Over = 4 } }, Switched(at: Version));
        var update = Update(1);
        Correct(update);

        var expected = Estimate(Invert(update)).Scale(0.75).AddScaled(update.Delta, 0.25);
        AssertConverted(expected, ExpectCorrected(1));
        Assert.Equal(0.5, Close().Weight);
    }

    [Fact]
    public void An_update_whose_base_version_is_gone_is_left_to_the_fallback()
    {
        Start();
        var update = Update(1) with { Start = null };
        Correct(update);

        AssertFallback(CorrectionKind.NotConvertible, update, ExpectCorrected(1));
    }

    [Fact]
    public void An_update_that_is_hardly_stale_is_left_to_the_fallback()
    {
        Start(Small.Inversion with { MinStaleness = 5 });
        var hardly = Update(1, client: 0, baseVersion: 2);
        var stale = Update(2, client: 1, baseVersion: 1);
        Correct(hardly, stale);

        AssertFallback(CorrectionKind.NotConvertible, hardly, ExpectCorrected(1));
        AssertConverted(Estimate(Invert(stale)), ExpectCorrected(2));
    }

    [Fact]
    public void What_the_fallback_drops_is_answered_by_nothing()
    {
        Start(Small.Inversion with { Fallback = new Drop(), MinStaleness = 5 });
        Correct(Update(1));

        Assert.Null(ExpectCorrected(1).Treated);
    }

    [Fact]
    public void An_update_that_no_data_explain_is_left_to_the_fallback_and_nothing_is_remembered_of_it()
    {
        Start();
        var zero = Update(1) with { Delta = ParameterVector.Zeros(Plan.Network.Layout.Count) };
        Correct(zero);

        AssertFallback(CorrectionKind.Failed, zero, ExpectCorrected(1));
        Assert.Empty(Close().State.Clients);
    }

    [Fact]
    public void An_estimate_that_is_not_finite_is_never_aggregated()
    {
        Start();
        var update = Update(1);
        var broken = ParameterVector.Create(Plan.Network.Layout.Count, values => values.Fill(float.NaN));
        Tell(new CorrectorProtocol.Correct(update, Version - update.BaseVersion, Version, broken));

        AssertFallback(CorrectionKind.Failed, update, ExpectCorrected(1));
    }

    [Fact]
    public void A_request_that_comes_twice_is_answered_once()
    {
        Start();
        var update = Update(1);
        using var gate = new WorkerGate(Workers);
        Correct(update, update);
        gate.Open();

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
        Close();
        AssertSilent();
    }

    [Fact]
    public void Two_updates_of_one_client_are_inverted_one_after_the_other_in_the_order_of_arrival()
    {
        Start();
        var (later, earlier) = (Update(9, baseVersion: 4), Update(3, baseVersion: 2));
        Correct(later, earlier);

        var first = Invert(later);
        var past = new PastConversion(Version, first.Result.Reconstruction, later.Delta);
        var second = Invert(earlier, first.Result.Next, past);
        var answers = new[] { ExpectCorrected(), ExpectCorrected() }.ToDictionary(answer => answer.AssignmentId);
        AssertConverted(Estimate(first), answers[9]);
        AssertConverted(Estimate(second), answers[3]);
        Assert.Equal(second.Result.Next, Close().State.Clients[0].Latest);
    }

    [Fact]
    public void Updates_of_two_clients_know_nothing_of_each_other()
    {
        Start();
        var (one, other) = (Update(1, client: 0), Update(2, client: 1));
        Correct(one, other);

        var answers = new[] { ExpectCorrected(), ExpectCorrected() }.ToDictionary(answer => answer.AssignmentId);
        AssertConverted(Estimate(Invert(one)), answers[1]);
        AssertConverted(Estimate(Invert(other)), answers[2]);
        Assert.Equal([0, 1], Close().State.Clients.Keys);
    }

    [Fact]
    public void A_corrector_restored_from_what_it_handed_over_goes_on_to_the_same_bits()
    {
        Start();
        var (first, second) = (Update(1), Update(2, baseVersion: 4));
        Correct(first);
        ExpectCorrected(1);
        var state = Close().State;
        Tell(Request(second, Version + 1));
        var expected = ExpectCorrected(2).Treated;

        Tell(new CorrectorProtocol.Restore(state, Version + 1));
        Tell(Request(second, Version + 1));

        Assert.Equal(expected, ExpectCorrected(2).Treated);
    }

    [Fact]
    public void What_is_learned_of_errors_counts_from_the_next_version_on()
    {
        // The true update is the stale one again, so that E2 is nothing, and the ratio as great as it gets.
        Start(Small.Inversion with { SwitchBack = new SwitchBackGuard { Window = 2, MinComparisons = 2, Over = 1 } });
        var delta = Update(1).Delta;
        StaleUpdate At(long assignment, long baseVersion) => Update(assignment, baseVersion: baseVersion) with { Delta = delta };
        Tell(Request(At(1, baseVersion: 0), version: 5));
        ExpectCorrected(1);
        Tell(Request(At(2, baseVersion: 5), version: 6));
        ExpectCorrected(2);
        Tell(Request(At(3, baseVersion: 6), version: 7));
        ExpectCorrected(3);
        Tell(Request(At(4, baseVersion: 6), version: 7));

        Assert.Equal(CorrectionKind.Converted, ExpectCorrected(4).Report.Kind);
        var closed = Close(next: 8);
        Assert.Equal([5L, 6, 6], closed.State.SwitchBack.Comparisons.Select(comparison => comparison.Version));
        Assert.Equal((8L, 0.0), (closed.State.SwitchBack.SwitchedAt, closed.Weight));
        Tell(Request(At(5, baseVersion: 6), version: 8));
        Assert.Equal(CorrectionKind.SwitchedBack, ExpectCorrected(5).Report.Kind);
    }

    [Fact]
    public void Without_a_request_nothing_changes_from_version_to_version()
    {
        var state = Switched(at: 2) with { GreatestStaleness = 7 };
        Start(state: state);

        var closed = Close(next: 9);

        Assert.Equal((9L, 0.0), (closed.Next, closed.WastedSeconds));
        Assert.Equal(state.SwitchBack.SwitchedAt, closed.State.SwitchBack.SwitchedAt);
        Assert.Equal(7, closed.State.GreatestStaleness);
    }

    private static CorrectorState Switched(long at) =>
        CorrectorState.Initial with { SwitchBack = SwitchBackState.Initial with { SwitchedAt = at } };
}
