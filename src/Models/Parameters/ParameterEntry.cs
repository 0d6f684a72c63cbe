using System.Collections.Immutable;

namespace FedActors.Models.Parameters;

/// <summary>One named parameter of a network and its place in the flat vector.</summary>
/// <param name="Name">The name, for example <c>conv1.weight</c>.</param>
/// <param name="Shape">The extents, outermost first.</param>
/// <param name="Offset">The index of its first number in the flat vector.</param>
/// <param name="Count">How many numbers it has: the product of <paramref name="Shape"/>.</param>
public sealed record ParameterEntry(string Name, ImmutableArray<long> Shape, int Offset, int Count)
{
    /// <summary>Two entries are equal when name, extents and place are.</summary>
    /// <param name="other">The entry to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ParameterEntry? other) =>
        other is not null
        && Name == other.Name
        && Offset == other.Offset
        && Count == other.Count
        && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Offset, Count);
}
