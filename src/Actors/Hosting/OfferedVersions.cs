using FedActors.Actors.Transfer;

namespace FedActors.Actors.Hosting;

/// <summary>Which versions are on offer to other hosts; the oldest give way to new ones.</summary>
/// <param name="capacity">How many there may be.</param>
internal sealed class OfferedVersions(int capacity)
{
    private readonly Dictionary<long, VectorReference> _byVersion = [];
    private readonly Queue<long> _order = new();

    public VectorReference? Find(long version) => _byVersion.GetValueOrDefault(version);

    /// <summary>Enters a version.</summary>
    /// <returns>The names of those that gave way.</returns>
    public IReadOnlyList<string> Add(long version, VectorReference reference)
    {
        _byVersion.Add(version, reference);
        _order.Enqueue(version);
        return _order.Count > capacity ? [Remove(_order.Dequeue())] : [];
    }

    /// <summary>Strikes out all.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Clear()
    {
        _order.Clear();
        var names = _byVersion.Values.Select(reference => reference.Name).ToList();
        _byVersion.Clear();
        return names;
    }

    private string Remove(long version)
    {
        _byVersion.Remove(version, out var reference);
        return reference!.Name;
    }
}
