using System.Collections.Immutable;

namespace FedActors.Models.Parameters;

/// <summary>The content of a safetensors file: named tensors, and metadata.</summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, StoredTensor> _byName;

    internal SafetensorsFile(ImmutableArray<StoredTensor> tensors, ImmutableSortedDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public ImmutableArray<StoredTensor> Tensors { get; }

    /// <summary>The file's <c>__metadata__</c>; empty where it has none.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidDataException">The file has no tensor of that name.</exception>
    public StoredTensor this[string name] => _byName.TryGetValue(name, out var tensor)
        ? tensor
        : throw new InvalidDataException($"There is no tensor '{name}' among the {Tensors.Length} of the file.");

    /// <summary>Whether the file has a tensor of that name.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see langword="true"/> if it has.</returns>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Gathers the parameters of a layout into a flat vector.</summary>
    /// <param name="layout">The names and shapes to look for.</param>
    /// <param name="prefix">What stands before each name in the file.</param>
    /// <returns>The parameters, in layout order. Other tensors of the file are left alone.</returns>
    /// <exception cref="InvalidDataException">A parameter is missing, or has another type or shape.</exception>
    public ParameterVector ReadParameters(ParameterLayout layout, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(layout);
        var values = VectorMemory.Allocate(layout.Count);
        foreach (var entry in layout.Entries)
        {
            var tensor = this[prefix + entry.Name];
            if (!tensor.Shape.AsSpan().SequenceEqual(entry.Shape.AsSpan()))
            {
                throw new InvalidDataException(
                    $"Tensor '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}] "
                    + $"where [{string.Join(", ", entry.Shape)}] was expected.");
            }

            tensor.ToFloats().CopyTo(VectorMemory.Numbers(values).Slice(entry.Offset, entry.Count));
        }

        return ParameterVector.Adopt(values);
    }
}
