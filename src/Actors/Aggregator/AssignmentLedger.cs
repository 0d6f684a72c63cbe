namespace FedActors.Actors.Aggregator;

/// <summary>The assignments that have no outcome yet, and the ids given so far.</summary>
public sealed class AssignmentLedger
{
    private readonly SortedDictionary<long, Assignment> _open = [];
    private readonly SortedSet<long> _lost = [];

    /// <summary>Id of the next assignment.</summary>
    public long NextId { get; private set; } = 1;

    /// <summary>Assignments without an outcome, in the order they were given.</summary>
    public IReadOnlyCollection<Assignment> Open => _open.Values;

    /// <summary>Ids that were given before a crash, to nobody knows whom: neither open nor closed.</summary>
    public IReadOnlyCollection<long> Lost => _lost;

    /// <summary>Restores a ledger.</summary>
    public void Restore(long nextId, IEnumerable<Assignment> open, IEnumerable<long> lost)
    {
        NextId = nextId;
        _lost.Clear();
        _lost.UnionWith(lost);
        _open.Clear();
        foreach (var assignment in open)
        {
            _open.Add(assignment.Id, assignment);
        }
    }

    /// <summary>Enters new work under <see cref="NextId"/>.</summary>
    public void Give(Assignment assignment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(assignment.Id, NextId, nameof(assignment));
        NextId = assignment.Id + 1;
        _open.Add(assignment.Id, assignment);
    }

    /// <summary>
    /// Enters work that was given before a crash, in whatever order it comes to be known. What was given before it and does
    /// not come is lost.
    /// </summary>
    public void Adopt(Assignment assignment)
    {
        for (; NextId <= assignment.Id; NextId++)
        {
            _lost.Add(NextId);
        }

        _lost.Remove(assignment.Id);
        _open.Add(assignment.Id, assignment);
    }

    /// <summary>The open assignment with that id, or null.</summary>
    public Assignment? Find(long id) => _open.GetValueOrDefault(id);

    /// <summary>Whether the id was given once and is closed by now.</summary>
    public bool IsClosed(long id) => id > 0 && id < NextId && !_open.ContainsKey(id) && !_lost.Contains(id);

    /// <summary>Strikes out an assignment that has its outcome.</summary>
    public void Close(long id) => _open.Remove(id);
}
