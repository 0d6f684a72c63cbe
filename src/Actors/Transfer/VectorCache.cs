using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer;

/// <summary>Keeps vectors by name within a budget of bytes; those that nobody asked for longest go first.</summary>
/// <param name="capacity">The budget in bytes. A single vector above it is not kept.</param>
public sealed class VectorCache(long capacity)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Bytes of the vectors held.</summary>
    public long Size { get; private set; }

    /// <summary>Enters a vector and makes room for it.</summary>
    public void Add(string name, ParameterVector vector)
    {
        Remove(name);
        var size = SizeOf(vector);
        if (size > capacity)
        {
            return;
        }

        while (Size + size > capacity)
        {
            Remove(_byUse.First!.Value.Name);
        }

        _byName.Add(name, _byUse.AddLast(new Entry(name, vector)));
        Size += size;
    }

    /// <summary>The vector of that name, or null. It counts as asked for.</summary>
    public ParameterVector? Find(string name)
    {
        if (!_byName.TryGetValue(name, out var node))
        {
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddLast(node);
        return node.Value.Vector;
    }

    /// <summary>Removes a vector, where it is held.</summary>
    public void Remove(string name)
    {
        if (_byName.Remove(name, out var node))
        {
            _byUse.Remove(node);
            Size -= SizeOf(node.Value.Vector);
        }
    }

    private static long SizeOf(ParameterVector vector) => (long)vector.Length * sizeof(float);

    private sealed record Entry(string Name, ParameterVector Vector);
}
