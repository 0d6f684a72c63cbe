using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Aggregator;

/// <summary>Rounds that arrivals end, and clients that are followed up by others.</summary>
public sealed class AsynchronousCadenceTests : AggregatorBench
{
    private static readonly FederationSettings Buffered = Small.Settings
        .With(new CadenceSettings(CadencePolicy.Buffered, Quorum: 1, Deadline: null, BufferSize: 2))
        .With(new SelectionSettings(SelectionPolicy.Available, PerRound: 3, Concurrency: 2));

    private static readonly FederationSettings Immediate = Buffered
        .With(new CadenceSettings(CadencePolicy.Immediate, Quorum: 1, Deadline: null));

    [Fact]
    public void A_buffer_that_is_full_becomes_the_next_version()
    {
        Begin(Small.Plan(Buffered));
        var first = Deliver(0);
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);
        var second = Deliver(1);

        Assert.Equal(1, ExpectProgress().Version);
        var expected = Plan.Network.Initialize(Plan.Settings.Seed).Add(first.Update.Add(second.Update).Scale(0.5));
        Assert.InRange(Fetch(1).Subtract(expected).MaxAbs(), 0, 1e-6);
    }

    [Fact]
    public void Whoever_ends_is_followed_at_once_by_another_that_has_no_work()
    {
        Begin(Small.Plan(Buffered));
        Deliver(0);

        // Still from version 0: the buffer is not full.
        Assert.Equal((3L, 0L), Given(2));
        Deliver(1);
        Assert.Equal((4L, 1L), Given(3));
        AwaitHandled(Aggregator);
        Client(4).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_client_that_is_lost_is_followed_too()
    {
        Begin(Small.Plan(Buffered));
        Lose(0, LossReason.Dropped);

        Assert.Equal((3L, 0L), Given(2));
    }

    [Fact]
    public void Under_the_immediate_cadence_every_update_becomes_a_version()
    {
        Begin(Small.Plan(Immediate));
        Deliver(0);
        Assert.Equal(1, ExpectProgress().Version);
        Deliver(1);

        var progress = ExpectProgress();
        Assert.Equal((2, 2L, 1L), (progress.Round, progress.Version, progress.Counters.StaleUpdates));
        Assert.Equal([(3L, 1L), (4L, 2L)], new[] { Given(2), Given(3) });
    }

    [Fact]
    public void Refused_updates_do_not_fill_the_buffer()
    {
        Begin(Small.Plan(Buffered));
        var bad = ReportOf(ExpectAssign(0), ParameterVector.Create(Plan.Network.Layout.Count, values => values[0] = float.NaN));
        Client(0).Send(Aggregator, bad);
        Deliver(1);
        Deliver(2);

        var counters = ExpectProgress().Counters;
        Assert.Equal((2L, 1L), (counters.UpdatesAggregated, counters.UpdatesRejected));
    }

    [Fact]
    public void Updates_that_a_policy_drops_do_not_fill_the_buffer()
    {
        Begin(Small.Plan(Immediate.With(new Drop())));
        Deliver(0);
        Assert.Equal(1, ExpectProgress().Version);
        Deliver(1);
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);
        Deliver(2);

        var progress = ExpectProgress();
        Assert.Equal((2, 2L, 2L), (progress.Round, progress.Version, progress.Counters.UpdatesAggregated));
    }

    [Fact]
    public void Where_nobody_is_left_to_fill_the_buffer_the_round_passes_so_that_devices_can_return()
    {
        Begin(Small.Plan(Buffered));
        for (var client = 0; client < 6; client++)
        {
            Lose(client, LossReason.Offline);
        }

        var progress = ExpectProgress();
        Assert.Equal((1, 0L, TimeSpan.FromSeconds(1)), (progress.Round, progress.Version, progress.FederationTime));

        // They are back three seconds after they vanished.
        Assert.Equal([0, 1], new[] { ExpectAssign(0).Client, ExpectAssign(1).Client });
    }

    [Fact]
    public void More_are_chosen_than_needed_and_the_round_closes_without_the_slowest()
    {
        Begin(Small.Plan(Small.Settings
            .With(new CadenceSettings(CadencePolicy.Synchronous, Quorum: 1, Deadline: null))
            .With(new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 2, OverSelection: 1.5))));
        var slowest = ExpectAssign(2);
        Deliver(0);
        AwaitHandled(Aggregator);
        Federation.ExpectNoMsg(TimeSpan.Zero);
        Deliver(1);

        var first = ExpectProgress();
        Assert.Equal((1L, 2L), (first.Version, first.Counters.UpdatesAggregated));

        // The slowest is not in vain: it counts in the next round, as stale.
        Client(2).Send(Aggregator, ReportOf(slowest));
        Deliver(3);
        Deliver(4);
        var counters = ExpectProgress().Counters;
        Assert.Equal((5L, 1L), (counters.UpdatesAggregated, counters.StaleUpdates));
    }

    [Fact]
    public void A_mixed_model_moves_towards_the_clients_model_and_not_by_its_update()
    {
        // FedAsync: (1 − α)·w_t + α·(w_v + Δ), with the discount on α.
        Begin(Small.Plan(Immediate.With(new Constant(0.5)) with
        {
            Aggregation = new AggregationSettings(new MeanRule(), new NoServerOptimizer(0.5), ContributionKind.Models),
        }));
        var initial = Plan.Network.Initialize(Plan.Settings.Seed);
        var first = Deliver(0);
        var second = Deliver(1);

        var w1 = initial.AddScaled(first.Update, 0.5);
        var w2 = w1.Scale(0.75).AddScaled(initial.Add(second.Update), 0.25);
        Assert.InRange(w2.Subtract(Fetch(2)).MaxAbs(), 0, 1e-6);
    }

    private (long Assignment, long Version) Given(int client)
    {
        var assign = ExpectAssign(client);
        return (assign.AssignmentId, assign.Version);
    }

    private ParameterVector Fetch(long version)
    {
        var asker = CreateTestProbe();
        asker.Send(Aggregator, new ClientProtocol.FetchVersion(version));
        return asker.ExpectMsg<ClientProtocol.VersionFetched>().Parameters;
    }

    private void Lose(int client, LossReason reason) => Client(client).Send(
        Aggregator, new ClientProtocol.AssignmentLost(ExpectAssign(client).AssignmentId, client, reason, Small.Metrics));
}
