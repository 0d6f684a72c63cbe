using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Randomness;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class VirtualTimelineTests
{
    private static readonly AssignmentOutcome Outcome = new AssignmentOutcome.Lost(LossReason.Offline, Small.Metrics);

    private static readonly Gen<(int[] Dues, ulong First, ulong Second)> Cases =
        from count in Gen.Choose(1, 25)
        from dues in Gen.Choose(0, 5).ArrayOf(count)
        from first in Gen.Choose(0, 10_000)
        from second in Gen.Choose(0, 10_000)
        select (dues, (ulong)first, (ulong)second);

    [Fact]
    public void The_order_of_events_does_not_depend_on_which_outcome_was_known_first()
    {
        Properties.Hold(Cases, given => Assert.Equal(Play(given.Dues, given.First), Play(given.Dues, given.Second)));
    }

    [Fact]
    public void Events_come_in_the_order_of_their_times_and_then_of_their_ids()
    {
        Properties.Hold(Cases, given =>
        {
            var played = Play(given.Dues, given.First);

            Assert.Equal(played.OrderBy(entry => entry.At).ThenBy(entry => entry.Id), played);
            Assert.Equal(given.Dues.Length, played.Count);
        });
    }

    [Fact]
    public void Nothing_is_taken_before_the_outcome_of_the_earliest_arrival_is_known()
    {
        var timeline = new VirtualTimeline();
        timeline.Expect(Due(1, 5));
        timeline.Expect(Due(2, 6));
        timeline.EndRound(0, TimeSpan.FromSeconds(7));
        timeline.Resolve(2, Outcome);

        Assert.False(timeline.TryTake(out _, out _, out _));

        timeline.Resolve(1, Outcome);
        Assert.Equal(["arrival 1", "arrival 2", "end 0"], TakeAll(timeline));
    }

    [Fact]
    public void An_end_of_a_round_waits_for_no_outcome_of_a_later_arrival()
    {
        var timeline = new VirtualTimeline();
        timeline.Expect(Due(1, 5));
        timeline.EndRound(0, TimeSpan.FromSeconds(4));

        Assert.Equal(["end 0"], TakeAll(timeline));
    }

    [Fact]
    public void At_one_instant_the_round_ends_before_arrivals_and_the_deadline_passes_after_them()
    {
        var timeline = new VirtualTimeline();
        var at = TimeSpan.FromSeconds(3);
        timeline.PassDeadline(0, at);
        timeline.Expect(Due(2, 3));
        timeline.EndRound(0, at);
        timeline.Expect(Due(1, 3));
        timeline.Resolve(1, Outcome);
        timeline.Resolve(2, Outcome);

        Assert.Equal(["end 0", "arrival 1", "arrival 2", "deadline 0"], TakeAll(timeline));
    }

    [Fact]
    public void Only_the_first_outcome_of_an_assignment_counts()
    {
        var timeline = new VirtualTimeline();
        timeline.Expect(Due(1, 0));

        Assert.True(timeline.Resolve(1, Outcome));
        Assert.True(timeline.IsResolved(1));
        Assert.False(timeline.Resolve(1, new AssignmentOutcome.Refused("no", Small.Metrics)));
        Assert.True(timeline.TryTake(out _, out _, out var outcome));
        Assert.Same(Outcome, outcome);
        Assert.False(timeline.IsResolved(1));
    }

    private static Assignment Due(long id, int seconds) => new(id, 0, 0, 0, TimeSpan.FromSeconds(seconds));

    private static List<(TimeSpan At, long Id)> Play(int[] dues, ulong seed)
    {
        var timeline = new VirtualTimeline();
        var order = Enumerable.Range(0, dues.Length).ToArray();
        foreach (var index in order)
        {
            timeline.Expect(Due(index, dues[index]));
        }

        new SeededRandom(seed).Shuffle(order.AsSpan());
        var played = new List<(TimeSpan, long)>();
        foreach (var index in order)
        {
            timeline.Resolve(index, Outcome);
            while (timeline.TryTake(out var next, out var at, out _))
            {
                played.Add((at, ((TimelineEvent.Arrival)next).Assignment.Id));
            }
        }

        return played;
    }

    private static List<string> TakeAll(VirtualTimeline timeline)
    {
        var taken = new List<string>();
        while (timeline.TryTake(out var next, out _, out _))
        {
            taken.Add(next switch
            {
                TimelineEvent.Arrival arrival => $"arrival {arrival.Assignment.Id}",
                TimelineEvent.RoundEnd end => $"end {end.Round}",
                TimelineEvent.Deadline deadline => $"deadline {deadline.Round}",
                _ => "?",
            });
        }

        return taken;
    }
}
