using FedActors.Actors.Corrector;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Tests.Corrector;

public sealed class CorrectorStateTests
{
    private static readonly UpdateSketch Sketch = UpdateSketch.Of(Small.Vector(3, 1));

    [Fact]
    public void While_nobody_was_stale_every_arrival_is_remembered() =>
        Assert.Equal(300, Arrive(CorrectorState.Initial, Enumerable.Range(0, 300).Select(version => Fresh(version))).Observed.Length);

    [Fact]
    public void What_no_stale_update_can_be_compared_with_any_more_is_forgotten()
    {
        // Staleness 40 was seen at version 100: what comes at 100 may have started from 60, and is compared with 50 to 70.
        var state = Arrive(CorrectorState.Initial, Enumerable.Range(0, 100).Select(version => Fresh(version)));

        state = Arrive(state, [new ObservedUpdate(1, 60, 40, Sketch)]);

        Assert.Equal(40, state.GreatestStaleness);
        Assert.InRange(state.Observed.Min(update => update.BaseVersion), 1, 50);
        Assert.All(Enumerable.Range(50, 21), version => Assert.Contains(state.Observed, update => update.BaseVersion == version));
    }

    [Fact]
    public void Arrivals_are_remembered_in_their_order_and_within_a_bound()
    {
        var state = Arrive(CorrectorState.Initial, Enumerable.Range(0, 3_000).Select(client => Fresh(7, client)));

        Assert.Equal(Enumerable.Range(3_000 - 2_048, 2_048), state.Observed.Select(update => update.Client));
    }

    private static CorrectorState Arrive(CorrectorState state, IEnumerable<ObservedUpdate> updates) =>
        updates.Aggregate(state, (known, update) => known.After(update, window: 10));

    private static ObservedUpdate Fresh(long version, int client = 0) => new(client, version, 0, Sketch);
}
