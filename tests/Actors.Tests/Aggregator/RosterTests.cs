using Akka.Actor;
using FedActors.Actors.Aggregator;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class RosterTests
{
    private readonly Roster _roster = new();

    [Fact]
    public void Candidates_come_in_the_order_of_their_numbers()
    {
        Join(4, 1, 3);

        Assert.Equal([1, 3, 4], Candidates());
    }

    [Fact]
    public void Who_is_away_is_no_candidate_until_the_time_has_passed()
    {
        Join(0, 1);
        _roster.SetAway(1, TimeSpan.FromSeconds(5));

        Assert.Equal([0], Candidates());
        _roster.WelcomeBack(TimeSpan.FromSeconds(4.999));
        Assert.Equal([0], Candidates());
        _roster.WelcomeBack(TimeSpan.FromSeconds(5));
        Assert.Equal([0, 1], Candidates());
    }

    [Fact]
    public void Who_is_gone_for_good_returns_only_by_joining_again()
    {
        Join(0);
        _roster.SetAway(0, TimeSpan.MaxValue);

        _roster.WelcomeBack(TimeSpan.FromDays(1_000));
        Assert.Empty(Candidates());
        Join(0);
        Assert.Equal([0], Candidates());
    }

    [Fact]
    public void Who_left_has_not_joined_until_joining_again()
    {
        Join(0, 1);
        _roster.Leave(1);

        Assert.Equal([0], _roster.Joined.Keys);
        Join(1);
        Assert.Equal([0, 1], _roster.Joined.Keys);
    }

    [Fact]
    public void Who_is_gone_for_good_does_not_return_because_an_earlier_loss_is_entered_late()
    {
        Join(0);
        _roster.SetAway(0, TimeSpan.MaxValue);
        _roster.SetAway(0, TimeSpan.FromSeconds(5));

        _roster.WelcomeBack(TimeSpan.FromSeconds(6));

        Assert.Empty(Candidates());
    }

    [Fact]
    public void Joining_again_does_not_shorten_the_time_away()
    {
        Join(0);
        _roster.SetAway(0, TimeSpan.FromSeconds(5));
        Join(0);

        Assert.Empty(Candidates());
    }

    [Fact]
    public void Open_work_is_counted_and_the_last_ended_assignment_remembered()
    {
        Join(0);
        _roster.Begin(0);
        _roster.Begin(0);
        _roster.Settle(0, 7);

        Assert.Equal(new Candidate(0, OpenAssignments: 1, LastSettled: 7), Assert.Single(_roster.Candidates()));
    }

    [Fact]
    public void A_restored_roster_gives_the_same_candidates()
    {
        Join(0, 1, 2);
        _roster.Begin(0);
        _roster.Begin(1);
        _roster.Settle(1, 4);
        _roster.SetAway(2, TimeSpan.FromSeconds(9));

        var restored = new Roster();
        _roster.NoteStaleness(1, 7);
        restored.Restore(_roster.AwayUntil, _roster.LastSettled, _roster.LastStaleness, [new Assignment(5, 0, 0, 0, TimeSpan.Zero)]);
        for (var client = 0; client < 3; client++)
        {
            restored.Join(client, ActorRefs.Nobody);
        }

        Assert.Equal(_roster.Candidates(), restored.Candidates());
        Assert.Equal(_roster.AwayUntil, restored.AwayUntil);
    }

    private void Join(params int[] clients)
    {
        foreach (var client in clients)
        {
            _roster.Join(client, ActorRefs.Nobody);
        }
    }

    private IEnumerable<int> Candidates() => _roster.Candidates().Select(candidate => candidate.Client);
}
