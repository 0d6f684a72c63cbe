using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Staleness.Guards;

public sealed class UniquenessGuardTests
{
    private const int Length = 2_000;
    private const int Slow = 99;

    private static readonly UniquenessGuard Guard = new();

    [Fact]
    public void Slow_clients_whose_data_are_like_those_of_others_are_rarely_unique()
    {
        var unique = Enumerable.Range(0, 200).Count(trial => Guard.IsUnique(Stale(Common(trial)), Company(trial)));

        Assert.InRange(unique, 0, 19);
    }

    [Fact]
    public void A_slow_client_that_shares_its_class_with_one_other_is_not_unique()
    {
        // Ten classes, each of two clients: updates of different classes have nothing in common.
        var company = Enumerable.Range(0, 20).Select(client => Arrived(client, 100, OfClass(client / 2, client))).ToArray();

        Assert.False(Guard.IsUnique(Stale(OfClass(3, Slow)), company));
        Assert.True(Guard.IsUnique(Stale(OfClass(10, Slow)), company));
    }

    [Fact]
    public void A_client_with_a_direction_of_its_own_is_always_unique() => Assert.All(Enumerable.Range(0, 50), trial =>
        Assert.True(Guard.IsUnique(Stale(Common(trial).AddScaled(Gaussian.Vector(Length, 7), 1.5)), Company(trial))));

    [Fact]
    public void Other_slow_clients_with_the_same_data_do_not_count_as_company()
    {
        var rare = OfClass(10, 1);
        var slowFriends = Enumerable.Range(50, 5).Select(client => Arrived(client, 100, OfClass(10, client), staleness: 40));
        ObservedUpdate[] company = [.. Enumerable.Range(0, 20).Select(client => Arrived(client, 100, OfClass(client / 2, client)))];

        Assert.True(Guard.IsUnique(Stale(rare), company.Concat(slowFriends)));

        // The same friends, but fresher by half.
        Assert.False(Guard.IsUnique(Stale(rare), company.Concat(slowFriends.Select(friend => friend with { Staleness = 20 }))));
    }

    [Fact]
    public void A_clients_own_earlier_updates_do_not_count_as_company()
    {
        var rare = OfClass(10, 1);
        var company = Enumerable.Range(0, 20).Select(client => Arrived(client, 100, OfClass(client / 2, client)));

        Assert.True(Guard.IsUnique(Stale(rare), company.Append(Arrived(Slow, 98, rare))));
    }

    [Fact]
    public void Too_few_neighbours_say_nothing()
    {
        var company = Company(1).Take(8).ToArray();

        Assert.False(Guard.IsUnique(Stale(Common(1)), company));
        Assert.True(Guard.IsUnique(Stale(Common(1)), company.Skip(1)));
        Assert.True(Guard.IsUnique(Stale(Common(1)), []));
    }

    [Fact]
    public void One_client_alone_is_no_company_however_often_it_reports()
    {
        var company = Enumerable.Range(0, 20).Select(time => Arrived(0, 95 + (time % 10), Common(time)));

        Assert.True(Guard.IsUnique(Stale(Common(1)), company));
    }

    [Fact]
    public void Only_what_started_from_about_the_same_version_is_a_neighbour()
    {
        var far = Company(1).Select(other => other with { BaseVersion = 100 + Guard.Window + 1 }).ToArray();
        var near = far.Select(other => other with { BaseVersion = 100 + Guard.Window }).ToArray();

        Assert.True(Guard.IsUnique(Stale(Common(1)), far));
        Assert.False(Guard.IsUnique(Stale(Common(1)), near));
    }

    [Fact]
    public void A_greater_margin_takes_fewer_for_unique()
    {
        // About twice as far as its neighbours are from theirs.
        var stale = Stale(Common(1).AddScaled(Gaussian.Vector(Length, 7), 0.45));

        Assert.True(Guard.IsUnique(stale, Company(1)));
        Assert.False((Guard with { Margin = 5 }).IsUnique(stale, Company(1)));
    }

    private static ObservedUpdate Stale(ParameterVector update) => new(Slow, 100, 40, UpdateSketch.Of(update));

    private static ObservedUpdate Arrived(int client, long baseVersion, ParameterVector update, long staleness = 0) =>
        new(client, baseVersion, staleness, UpdateSketch.Of(update));

    private static ObservedUpdate[] Company(int trial) =>
        [.. Enumerable.Range(0, 20).Select(client => Arrived(client, 95 + (client % 10), Common(1_000 + (100 * trial) + client)))];

    /// <summary>What all clients learn alike, and each client's own deviation from it.</summary>
    private static ParameterVector Common(int who) => Gaussian.Vector(Length, 1).AddScaled(Gaussian.Vector(Length, 100 + (ulong)who), 0.3);

    private static ParameterVector OfClass(int label, int who) =>
        Gaussian.Vector(Length, 10 + (ulong)label).AddScaled(Gaussian.Vector(Length, 200 + (ulong)who), 0.3);
}
