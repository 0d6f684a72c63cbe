using FedActors.Actors.Aggregator;
using FedActors.Actors.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class SelectionTests
{
    private const ulong Seed = 3;

    private static readonly Gen<Case> Cases =
        from policy in Gen.Elements(SelectionPolicy.RoundRobin, SelectionPolicy.Random, SelectionPolicy.Available)
        from clients in Gen.SubListOf(Enumerable.Range(0, 30))
        from open in Gen.Choose(0, 2).ArrayOf(30)
        from settled in Gen.Choose(0, 9).ArrayOf(30)
        from count in Gen.Choose(1, 12)
        from cursor in Gen.Choose(0, 31)
        from round in Gen.Choose(0, 1000)
        select new Case(
            new SelectionSettings(policy, count),
            [.. clients.Order().Select(client => new Candidate(client, open[client], settled[client]))],
            cursor,
            round);

    [Fact]
    public void Whoever_is_chosen_is_a_candidate_and_chosen_once()
    {
        Properties.Hold(Cases, given =>
        {
            var (clients, _) = Choose(given);

            Assert.Equal(clients.Count, clients.Distinct().Count());
            Assert.Subset(given.Candidates.Select(candidate => candidate.Client).ToHashSet(), clients.ToHashSet());
        });
    }

    [Fact]
    public void As_many_are_chosen_as_asked_for_or_as_there_are()
    {
        Properties.Hold(Cases, given =>
        {
            var eligible = given.Settings.Policy == SelectionPolicy.Available
                ? given.Candidates.Count(candidate => candidate.OpenAssignments == 0)
                : given.Candidates.Length;

            Assert.Equal(Math.Min(given.Settings.PerRound, eligible), Choose(given).Clients.Count);
        });
    }

    [Fact]
    public void The_same_arguments_give_the_same_choice()
    {
        Properties.Hold(Cases, given => Assert.Equal(Choose(given).Clients, Choose(given).Clients));
    }

    [Fact]
    public void Round_robin_gives_everybody_a_turn_before_anybody_a_second_one()
    {
        Properties.Hold(
            from clients in Gen.Choose(1, 20) from count in Gen.Choose(1, 20) select (clients, count),
            given =>
            {
                var perRound = Math.Min(given.count, given.clients);
                var candidates = Everybody(given.clients);
                var turns = new List<int>();
                var cursor = 0;
                for (var round = 0; turns.Count < 3 * given.clients; round++)
                {
                    (var chosen, cursor) = Selection.Choose(new(SelectionPolicy.RoundRobin, perRound), perRound, candidates, cursor, Seed, round);
                    turns.AddRange(chosen);
                }

                Assert.Equal(Enumerable.Range(0, turns.Count).Select(turn => turn % given.clients), turns);
            });
    }

    [Fact]
    public void Round_robin_leaves_out_who_is_away_and_keeps_its_place()
    {
        var present = Everybody(6).Where(candidate => candidate.Client is not 2 and not 3).ToList();

        var (first, cursor) = Selection.Choose(new(SelectionPolicy.RoundRobin, 3), 3, present, 0, Seed, 0);
        var (second, _) = Selection.Choose(new(SelectionPolicy.RoundRobin, 3), 3, Everybody(6), cursor, Seed, 1);

        Assert.Equal([0, 1, 4], first);
        Assert.Equal([5, 0, 1], second);
    }

    [Fact]
    public void Random_choice_depends_on_seed_and_round_and_reaches_everybody()
    {
        var settings = new SelectionSettings(SelectionPolicy.Random, 5);
        IReadOnlyList<int> Choice(ulong seed, int round) => Selection.Choose(settings, settings.PerRound, Everybody(20), 0, seed, round).Clients;

        Assert.NotEqual(Choice(1, 0), Choice(2, 0));
        Assert.NotEqual(Choice(1, 0), Choice(1, 1));
        Assert.Equal(20, Enumerable.Range(0, 100).SelectMany(round => Choice(1, round)).Distinct().Count());
    }

    [Fact]
    public void Available_takes_idle_clients_that_waited_longest_first()
    {
        Candidate[] candidates = [new(0, 0, 8), new(1, 1, 0), new(2, 0, 3), new(3, 0, 0), new(4, 0, 0)];

        var (clients, _) = Selection.Choose(new(SelectionPolicy.Available, 3), 3, candidates, 0, Seed, 0);

        Assert.Equal([3, 4, 2], clients);
    }

    [Fact]
    public void An_unknown_policy_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Selection.Choose(new((SelectionPolicy)9, 1), 1, Everybody(1), 0, Seed, 0));

    private static (IReadOnlyList<int> Clients, int Cursor) Choose(Case given) =>
        Selection.Choose(given.Settings, given.Settings.PerRound, given.Candidates, given.Cursor, Seed, given.Round);

    private static Candidate[] Everybody(int clients) => [.. Enumerable.Range(0, clients).Select(client => new Candidate(client, 0, 0))];

    private sealed record Case(SelectionSettings Settings, Candidate[] Candidates, int Cursor, int Round);
}
