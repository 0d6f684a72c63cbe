using FedActors.Models.Parameters;

namespace FedActors.Actors.Aggregator;

/// <summary>The versions of the global model that someone still needs. Each holder counts; with the last, a version goes.</summary>
public sealed class VersionStore
{
    private readonly SortedDictionary<long, Held> _versions = [];

    /// <summary>The versions held, in order.</summary>
    public IReadOnlyCollection<long> Versions => _versions.Keys;

    /// <summary>Enters a version with one holder.</summary>
    public void Add(long version, ParameterVector parameters) => _versions.Add(version, new Held(parameters) { Holders = 1 });

    /// <summary>Adds a holder.</summary>
    /// <exception cref="KeyNotFoundException">The version is not held.</exception>
    public void Hold(long version) => _versions[version].Holders++;

    /// <summary>Takes a holder away, and with the last one the version.</summary>
    /// <exception cref="KeyNotFoundException">The version is not held.</exception>
    public void Release(long version)
    {
        if (--_versions[version].Holders == 0)
        {
            _versions.Remove(version);
        }
    }

    /// <summary>The parameters of a version, or null where it is no longer held.</summary>
    public ParameterVector? Find(long version) => _versions.GetValueOrDefault(version)?.Parameters;

    /// <summary>All that is held.</summary>
    public Dictionary<long, ParameterVector> Snapshot() =>
        _versions.ToDictionary(pair => pair.Key, pair => pair.Value.Parameters);

    private sealed class Held(ParameterVector parameters)
    {
        public ParameterVector Parameters { get; } = parameters;

        public int Holders { get; set; }
    }
}
