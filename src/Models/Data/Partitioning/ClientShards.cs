using System.Collections.Immutable;

namespace FedActors.Models.Data;

/// <summary>Which images each client has, as indices into the shared training set. Shards are disjoint.</summary>
/// <param name="Indices">One array for each client. Shared by everyone: nobody may change them.</param>
public sealed record ClientShards(ImmutableArray<int[]> Indices)
{
    /// <summary>How many clients there are.</summary>
    public int Count => Indices.Length;

    /// <summary>The images of one client.</summary>
    /// <param name="client">From 0 to <see cref="Count"/> − 1.</param>
    public int[] this[int client] => Indices[client];
}
