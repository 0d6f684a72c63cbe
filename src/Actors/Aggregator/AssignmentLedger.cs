namespace FedActors.Actors.Aggregator;

/// <summary>The assignments that have no outcome yet, and the ids given so far.</summary>
public sealed class AssignmentLedger
{
    /// <summary>Ids that are left out after a crash: more than an aggregator gives between two checkpoints.</summary>
    private const long SkipLength = 1L << 32;

    private readonly SortedDictionary<long, Assignment> _open = [];
    private readonly List<IdRange> _unknown = [];

    /// <summary>Id of the next assignment.</summary>
    public long NextId { get; private set; } = 1;

    /// <summary>Assignments without an outcome, in the order they were given.</summary>
    public IReadOnlyCollection<Assignment> Open => _open.Values;

    /// <summary>Ids that were perhaps given before a crash, to nobody knows whom: neither open nor closed.</summary>
    public IReadOnlyCollection<IdRange> Unknown => _unknown;

    /// <summary>Restores a ledger.</summary>
    public void Restore(long nextId, IEnumerable<Assignment> open, IEnumerable<IdRange> unknown)
    {
        NextId = nextId;
        _unknown.Clear();
        _unknown.AddRange(unknown);
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
    /// not come stays unknown.
    /// </summary>
    public void Adopt(Assignment assignment)
    {
        var id = assignment.Id;
        if (id >= NextId)
        {
            _unknown.Add(new IdRange(NextId, id));
            NextId = id + 1;
        }

        var index = _unknown.FindIndex(range => range.Contains(id));
        if (index >= 0)
        {
            var range = _unknown[index];
            _unknown.RemoveAt(index);
            _unknown.InsertRange(index, range.Without(id));
        }

        _open.Add(id, assignment);
    }

    /// <summary>
    /// Leaves out the ids that were perhaps given after the last checkpoint before a crash, so that a report on one of them is
    /// never taken for one on other work.
    /// </summary>
    public void SkipUnknown()
    {
        _unknown.Add(new IdRange(NextId, NextId + SkipLength - 1));
        NextId += SkipLength;
    }

    /// <summary>The open assignment with that id, or null.</summary>
    public Assignment? Find(long id) => _open.GetValueOrDefault(id);

    /// <summary>Whether the id was given once and is closed by now.</summary>
    public bool IsClosed(long id) => id > 0 && id < NextId && !_open.ContainsKey(id) && !_unknown.Exists(range => range.Contains(id));

    /// <summary>Strikes out an assignment that has its outcome.</summary>
    public void Close(long id) => _open.Remove(id);
}
