using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class CadenceTests
{
    private static readonly TimeSpan RoundDuration = TimeSpan.FromSeconds(2);
    private static readonly CadenceSettings Rounds = new(CadencePolicy.Rounds, 1, null);
    private static readonly CadenceSettings Synchronous = new(CadencePolicy.Synchronous, 0.5, TimeSpan.FromSeconds(1));

    private static readonly Gen<RoundTally> Tallies =
        from assigned in Gen.Choose(0, 10)
        from settled in Gen.Choose(0, assigned)
        from answered in Gen.Choose(0, settled)
        from late in Gen.Elements(true, false)
        select new RoundTally(0, assigned, answered, settled, late, Wanted: assigned);

    [Fact]
    public void A_round_of_fixed_duration_is_closed_by_time_alone()
    {
        Assert.Equal(RoundDuration, Cadence.ClosesAfter(Rounds, RoundDuration, 5));
        Properties.Hold(Tallies, tally => Assert.False(Cadence.Closes(Rounds, tally, buffered: 0)));
    }

    [Fact]
    public void A_synchronous_round_closes_when_all_have_an_outcome_or_a_quorum_at_the_deadline()
    {
        Properties.Hold(Tallies, tally =>
        {
            var all = tally.Assigned > 0 && tally.Settled == tally.Assigned;
            var quorum = tally.Assigned > 0 && tally.DeadlinePassed && tally.Answered * 2 >= tally.Assigned;

            Assert.Equal(all || quorum, Cadence.Closes(Synchronous, tally, buffered: 0));
        });
    }

    [Fact]
    public void A_synchronous_round_has_no_end_of_its_own_unless_nobody_works_in_it()
    {
        Assert.Null(Cadence.ClosesAfter(Synchronous, RoundDuration, 1));
        Assert.Equal(RoundDuration, Cadence.ClosesAfter(Synchronous, RoundDuration, 0));
    }

    [Theory]
    [InlineData(CadencePolicy.Buffered, 4)]
    [InlineData(CadencePolicy.Immediate, 1)]
    public void A_round_of_a_buffer_closes_when_it_is_full_whatever_the_tally(CadencePolicy policy, int enough)
    {
        var settings = new CadenceSettings(policy, Quorum: 0.5, Deadline: TimeSpan.FromSeconds(1), BufferSize: 4);

        Properties.Hold(Tallies, tally => Assert.All(
            Enumerable.Range(0, 8), buffered => Assert.Equal(buffered >= enough, Cadence.Closes(settings, tally, buffered))));
        Assert.Null(Cadence.ClosesAfter(settings, RoundDuration, 1));
        Assert.Equal(RoundDuration, Cadence.ClosesAfter(settings, RoundDuration, 0));
    }

    [Fact]
    public void Where_more_were_chosen_than_needed_the_round_closes_with_those_needed()
    {
        var tally = new RoundTally(0, Assigned: 5, Answered: 2, Settled: 2, DeadlinePassed: false, Wanted: 3);

        Assert.False(Cadence.Closes(Synchronous, tally, buffered: 0));
        Assert.True(Cadence.Closes(Synchronous, tally with { Answered = 3, Settled = 3 }, buffered: 0));

        // The quorum is a share of what is needed, not of what was chosen.
        Assert.True(Cadence.Closes(Synchronous, tally with { DeadlinePassed = true }, buffered: 0));
        Assert.False(Cadence.Closes(Synchronous, tally with { DeadlinePassed = true, Answered = 1 }, buffered: 0));
    }

    [Fact]
    public void The_tally_counts_outcomes_of_its_own_round_only()
    {
        var tally = new RoundTally(3, 4, 0, 0, false, 4);
        var delivered = new AssignmentOutcome.Delivered(ParameterVector.Zeros(1), 1, Small.Metrics);
        var refused = new AssignmentOutcome.Refused("no", Small.Metrics);
        var lost = new AssignmentOutcome.Lost(LossReason.Offline, Small.Metrics);

        var after = tally.After(Given(3), delivered).After(Given(3), refused).After(Given(3), lost).After(Given(2), delivered);

        Assert.Equal(new RoundTally(3, 4, Answered: 2, Settled: 3, false, 4), after);

        static Assignment Given(int round) => new(1, 0, 0, round, TimeSpan.Zero);
    }
}
