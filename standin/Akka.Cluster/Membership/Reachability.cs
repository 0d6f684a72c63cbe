using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>What one node thinks of another.</summary>
internal enum ReachabilityStatus
{
    Reachable,

    /// <summary>Does not answer; may come back.</summary>
    Unreachable,

    /// <summary>Will never come back.</summary>
    Terminated,
}

/// <summary>An observation.</summary>
internal sealed record ReachabilityRecord(UniqueAddress Observer, UniqueAddress Subject, ReachabilityStatus Status, long Version);

/// <summary>
/// Who can't reach whom. Only the observer changes its own observations, and numbers its changes, so that of two tables the
/// one with the higher number is right about it. An observer that can reach all keeps its number and has no records.
/// </summary>
internal sealed class Reachability : IEquatable<Reachability>
{
    public static readonly Reachability Empty =
        new(ImmutableSortedDictionary<UniqueAddress, long>.Empty, ImmutableSortedDictionary<(UniqueAddress, UniqueAddress), ReachabilityRecord>.Empty);

    private readonly ImmutableSortedDictionary<(UniqueAddress Observer, UniqueAddress Subject), ReachabilityRecord> _records;

    private Reachability(
        ImmutableSortedDictionary<UniqueAddress, long> versions,
        ImmutableSortedDictionary<(UniqueAddress Observer, UniqueAddress Subject), ReachabilityRecord> records)
    {
        Versions = versions;
        _records = records;
        AllTerminated = Subjects(ReachabilityStatus.Terminated);
        AllUnreachable = Subjects(ReachabilityStatus.Unreachable).Except(AllTerminated);
        AllUnreachableOrTerminated = AllUnreachable.Union(AllTerminated);
    }

    public ImmutableSortedDictionary<UniqueAddress, long> Versions { get; }

    public IEnumerable<ReachabilityRecord> Records => _records.Values;

    public int Count => _records.Count;

    public bool IsAllReachable => _records.IsEmpty;

    /// <summary>Unreachable for somebody, and terminated for nobody.</summary>
    public ImmutableHashSet<UniqueAddress> AllUnreachable { get; }

    public ImmutableHashSet<UniqueAddress> AllUnreachableOrTerminated { get; }

    public ImmutableHashSet<UniqueAddress> AllObservers => [.. Records.Select(record => record.Observer)];

    private ImmutableHashSet<UniqueAddress> AllTerminated { get; }

    public static Reachability Create(IEnumerable<KeyValuePair<UniqueAddress, long>> versions, IEnumerable<ReachabilityRecord> records) =>
        new(versions.ToImmutableSortedDictionary(), records.ToImmutableSortedDictionary(record => (record.Observer, record.Subject), record => record));

    public Reachability Unreachable(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Unreachable);

    public Reachability Reachable(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Reachable);

    public Reachability Terminated(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Terminated);

    /// <summary>The newer table of every observer; nodes that are not allowed are dropped.</summary>
    public Reachability Merge(IReadOnlySet<UniqueAddress> allowed, Reachability other)
    {
        var versions = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        foreach (var observer in Versions.Keys.Union(other.Versions.Keys).Where(allowed.Contains))
        {
            versions[observer] = Math.Max(VersionOf(observer), other.VersionOf(observer));
        }

        var mine = Records.Where(record => VersionOf(record.Observer) >= other.VersionOf(record.Observer));
        var theirs = other.Records.Where(record => other.VersionOf(record.Observer) > VersionOf(record.Observer));
        return Create(versions, mine.Concat(theirs).Where(record => allowed.Contains(record.Observer) && allowed.Contains(record.Subject)));
    }

    /// <summary>Without some nodes, be it as observers or as subjects.</summary>
    public Reachability Remove(IReadOnlySet<UniqueAddress> nodes) => nodes.Count == 0
        ? this
        : Create(
            Versions.Where(pair => !nodes.Contains(pair.Key)),
            Records.Where(record => !nodes.Contains(record.Observer) && !nodes.Contains(record.Subject)));

    /// <summary>Without what some nodes think.</summary>
    public Reachability RemoveObservers(IReadOnlySet<UniqueAddress> nodes) => nodes.Count == 0
        ? this
        : Create(Versions.Where(pair => !nodes.Contains(pair.Key)), Records.Where(record => !nodes.Contains(record.Observer)));

    public Reachability FilterRecords(Func<ReachabilityRecord, bool> filter) => Create(Versions, Records.Where(filter));

    public ReachabilityStatus Status(UniqueAddress observer, UniqueAddress subject) =>
        _records.TryGetValue((observer, subject), out var record) ? record.Status : ReachabilityStatus.Reachable;

    public bool IsReachable(UniqueAddress node) => !AllUnreachableOrTerminated.Contains(node);

    public bool IsReachable(UniqueAddress observer, UniqueAddress subject) => Status(observer, subject) == ReachabilityStatus.Reachable;

    /// <summary>Whom a node can't reach, though they may come back.</summary>
    public IEnumerable<UniqueAddress> AllUnreachableFrom(UniqueAddress observer) =>
        Records.Where(record => record.Observer == observer && record.Status == ReachabilityStatus.Unreachable).Select(record => record.Subject);

    public bool Equals(Reachability other) =>
        ReferenceEquals(this, other) || (other is not null && Versions.SequenceEqual(other.Versions) && Records.SequenceEqual(other.Records));

    public override bool Equals(object obj) => Equals(obj as Reachability);

    public override int GetHashCode() => Versions.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public override string ToString() =>
        $"Reachability({string.Join(", ", Records.Select(r => $"[{r.Observer.Address} -> {r.Subject.Address}: {r.Status} ({r.Version})]"))})";

    private Reachability Change(UniqueAddress observer, UniqueAddress subject, ReachabilityStatus status)
    {
        var before = Status(observer, subject);
        if (before == status || before == ReachabilityStatus.Terminated)
        {
            return this;
        }

        var version = VersionOf(observer) + 1;
        var records = _records.SetItem((observer, subject), new ReachabilityRecord(observer, subject, status, version));
        var own = records.Values.Where(record => record.Observer == observer).ToArray();
        if (own.All(record => record.Status == ReachabilityStatus.Reachable))
        {
            records = records.RemoveRange(own.Select(record => (record.Observer, record.Subject)));
        }

        return new Reachability(Versions.SetItem(observer, version), records);
    }

    private long VersionOf(UniqueAddress observer) => Versions.GetValueOrDefault(observer);

    private ImmutableHashSet<UniqueAddress> Subjects(ReachabilityStatus status) =>
        [.. _records.Values.Where(record => record.Status == status).Select(record => record.Subject)];
}
