using Akka.Actor;

namespace FedActors.Actors.Aggregator;

/// <summary>What the aggregator knows of its clients: who joined, who is away, who has work.</summary>
public sealed class Roster
{
    private readonly SortedDictionary<int, IActorRef> _joined = [];
    private readonly SortedDictionary<int, TimeSpan> _awayUntil = [];
    private readonly Dictionary<int, int> _openWork = [];
    private readonly SortedDictionary<int, long> _lastSettled = [];
    private readonly SortedDictionary<int, long> _lastStaleness = [];

    /// <summary>Clients that joined, by number.</summary>
    public IReadOnlyDictionary<int, IActorRef> Joined => _joined;

    /// <summary>Clients that are away, with the federation time of their return; <see cref="TimeSpan.MaxValue"/> is never.</summary>
    public IReadOnlyDictionary<int, TimeSpan> AwayUntil => _awayUntil;

    /// <summary>For each client that ended an assignment, the id of the last one.</summary>
    public IReadOnlyDictionary<int, long> LastSettled => _lastSettled;

    /// <summary>For each client whose update arrived, the staleness of the last one.</summary>
    public IReadOnlyDictionary<int, long> LastStaleness => _lastStaleness;

    /// <summary>Notes how stale a client's update was.</summary>
    public void NoteStaleness(int client, long staleness) => _lastStaleness[client] = staleness;

    /// <summary>Enters a client. One that was gone for good is back.</summary>
    public void Join(int client, IActorRef actor)
    {
        _joined[client] = actor;
        if (_awayUntil.TryGetValue(client, out var until) && until == TimeSpan.MaxValue)
        {
            _awayUntil.Remove(client);
        }
    }

    /// <summary>Strikes out a client that was lost before the run began or went on: it must join again.</summary>
    public void Leave(int client) => _joined.Remove(client);

    /// <summary>Notes that a client is away. Of two losses the longer counts: a late entry brings nobody back who is gone.</summary>
    public void SetAway(int client, TimeSpan until)
    {
        if (!_awayUntil.TryGetValue(client, out var known) || until > known)
        {
            _awayUntil[client] = until;
        }
    }

    /// <summary>Notes that a client has work.</summary>
    public void Begin(int client) => _openWork[client] = _openWork.GetValueOrDefault(client) + 1;

    /// <summary>Notes that a client ended an assignment.</summary>
    public void Settle(int client, long assignment)
    {
        _openWork[client]--;
        _lastSettled[client] = assignment;
    }

    /// <summary>Takes back those whose time away has passed.</summary>
    public void WelcomeBack(TimeSpan now)
    {
        foreach (var client in _awayUntil.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
        {
            _awayUntil.Remove(client);
        }
    }

    /// <summary>The clients that can be chosen, in the order of their numbers.</summary>
    public IReadOnlyList<Candidate> Candidates() =>
        [.. _joined.Keys
            .Where(client => !_awayUntil.ContainsKey(client))
            .Select(client => new Candidate(client, _openWork.GetValueOrDefault(client), _lastSettled.GetValueOrDefault(client)))];

    /// <summary>Restores what a checkpoint holds.</summary>
    public void Restore(
        IEnumerable<KeyValuePair<int, TimeSpan>> away,
        IEnumerable<KeyValuePair<int, long>> settled,
        IEnumerable<KeyValuePair<int, long>> staleness,
        IEnumerable<Assignment> open)
    {
        _lastStaleness.Clear();
        foreach (var (client, versions) in staleness)
        {
            _lastStaleness.Add(client, versions);
        }

        _awayUntil.Clear();
        _lastSettled.Clear();
        _openWork.Clear();
        foreach (var (client, until) in away)
        {
            _awayUntil.Add(client, until);
        }

        foreach (var (client, assignment) in settled)
        {
            _lastSettled.Add(client, assignment);
        }

        foreach (var assignment in open)
        {
            Begin(assignment.Client);
        }
    }
}
