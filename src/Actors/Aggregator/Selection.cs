using FedActors.Actors.Settings;
using FedActors.Models.Randomness;

namespace FedActors.Actors.Aggregator;

/// <summary>Chooses the clients of a round. A pure function of its arguments: see each policy in <see cref="SelectionPolicy"/>.</summary>
public static class Selection
{
    /// <summary>Chooses clients.</summary>
    /// <param name="settings">The policy.</param>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="candidates">Who can be chosen, in the order of their numbers.</param>
    /// <param name="cursor">Number of the client at which <c>round-robin</c> goes on.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the choice: tells the draws of one run apart.</param>
    /// <returns>The clients, in the order in which they are given work, and the cursor for the next round.</returns>
    public static (IReadOnlyList<int> Clients, int Cursor) Choose(
        SelectionSettings settings, int count, IReadOnlyList<Candidate> candidates, int cursor, ulong seed, long draw) =>
        settings.Policy switch
        {
            SelectionPolicy.RoundRobin => RoundRobin(candidates, count, cursor),
            SelectionPolicy.Random => (Random(candidates, count, seed, draw), cursor),
            SelectionPolicy.Available => (Available(candidates, count), cursor),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Policy, "Unknown selection policy."),
        };

    private static (IReadOnlyList<int> Clients, int Cursor) RoundRobin(IReadOnlyList<Candidate> candidates, int count, int cursor)
    {
        var chosen = candidates
            .Where(candidate => candidate.Client >= cursor)
            .Concat(candidates.Where(candidate => candidate.Client < cursor))
            .Take(count)
            .Select(candidate => candidate.Client)
            .ToList();
        return (chosen, chosen.Count == 0 ? cursor : chosen[^1] + 1);
    }

    private static IReadOnlyList<int> Random(IReadOnlyList<Candidate> candidates, int count, ulong seed, long draw)
    {
        var clients = candidates.Select(candidate => candidate.Client).ToArray();
        new SeededRandom(Seeds.Derive(seed, "selection", draw)).Shuffle(clients.AsSpan());
        return [.. clients.Take(count)];
    }

    private static IReadOnlyList<int> Available(IReadOnlyList<Candidate> candidates, int count) =>
        [.. candidates
            .Where(candidate => candidate.OpenAssignments == 0)
            .OrderBy(candidate => candidate.LastSettled)
            .ThenBy(candidate => candidate.Client)
            .Take(count)
            .Select(candidate => candidate.Client)];
}
