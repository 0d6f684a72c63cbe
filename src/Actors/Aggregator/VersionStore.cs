using FedActors.Actors.Journal;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Aggregator;

/// <summary>
/// The versions of the global model that someone still needs. Each holder counts; with the last, a version goes. Past a
/// limit the oldest are kept on disk.
/// </summary>
public sealed class VersionStore
{
    private readonly SortedDictionary<long, Held> _versions = [];
    private readonly List<long> _releasedFromDisk = [];
    private readonly SpilledVersions? _disk;
    private readonly int _mostInMemory;
    private int _inMemory;

    /// <summary>A store that keeps everything in memory.</summary>
    public VersionStore() => _mostInMemory = int.MaxValue;

    /// <summary>A store that keeps some in memory and the rest on disk.</summary>
    /// <param name="disk">Where the rest goes; null keeps everything in memory.</param>
    /// <param name="mostInMemory">How many stay in memory, at least 1.</param>
    public VersionStore(SpilledVersions? disk, int mostInMemory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostInMemory, 1);
        _disk = disk;
        _mostInMemory = disk is null ? int.MaxValue : mostInMemory;
    }

    /// <summary>The versions held, in order.</summary>
    public IReadOnlyCollection<long> Versions => _versions.Keys;

    /// <summary>Those among them that are on disk, in order.</summary>
    public IEnumerable<long> OnDisk => _versions.Where(pair => pair.Value.Parameters is null).Select(pair => pair.Key);

    /// <summary>Enters a version with one holder.</summary>
    /// <exception cref="IOException">An older version had to go to disk, and the disk refused.</exception>
    public void Add(long version, ParameterVector parameters)
    {
        _versions.Add(version, new Held { Parameters = parameters, Holders = 1 });
        _inMemory++;
        if (_inMemory > _mostInMemory)
        {
            Spill(_versions.First(pair => pair.Value.Parameters is not null));
        }
    }

    /// <summary>Adds a holder.</summary>
    /// <exception cref="KeyNotFoundException">The version is not held.</exception>
    public void Hold(long version) => _versions[version].Holders++;

    /// <summary>Takes a holder away, and with the last one the version.</summary>
    /// <exception cref="KeyNotFoundException">The version is not held.</exception>
    public void Release(long version)
    {
        var held = _versions[version];
        if (--held.Holders > 0)
        {
            return;
        }

        _versions.Remove(version);
        if (held.Parameters is null)
        {
            _releasedFromDisk.Add(version);
        }
        else
        {
            _inMemory--;
        }
    }

    /// <summary>The parameters of a version, or null where it is no longer held.</summary>
    /// <exception cref="IOException">The version is on disk, and the disk refused.</exception>
    public ParameterVector? Find(long version) =>
        _versions.TryGetValue(version, out var held) ? held.Parameters ?? _disk!.Read(version) : null;

    /// <summary>Whether a version is held.</summary>
    public bool IsHeld(long version) => _versions.ContainsKey(version);

    /// <summary>All that is held in memory.</summary>
    public Dictionary<long, ParameterVector> Snapshot() => _versions
        .Where(pair => pair.Value.Parameters is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value.Parameters!);

    /// <summary>Removes from disk what was released. To be called when no checkpoint refers to it any more.</summary>
    public void ForgetReleased()
    {
        _releasedFromDisk.ForEach(version => _disk!.Delete(version));
        _releasedFromDisk.Clear();
    }

    private void Spill(KeyValuePair<long, Held> oldest)
    {
        _disk!.Write(oldest.Key, oldest.Value.Parameters!);
        oldest.Value.Parameters = null;
        _inMemory--;
    }

    private sealed class Held
    {
        public ParameterVector? Parameters { get; set; }

        public int Holders { get; set; }
    }
}
