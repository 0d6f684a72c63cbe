using System.Collections.Immutable;

namespace FedActors.Models.Data;

/// <summary>Finds the clients that hold a class: the slow devices of the experiments are chosen so.</summary>
public static class ClassHolders
{
    /// <summary>Lists clients by how many images of a class they have, most first; of equals, the lower index.</summary>
    /// <param name="shards">Which images each client has.</param>
    /// <param name="images">The images.</param>
    /// <param name="classIndex">The class, from 0 to <see cref="ImageSet.Classes"/> − 1.</param>
    /// <param name="count">How many clients to list; null for all of whose images more than half are of the class.</param>
    /// <returns>Indices of clients.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or there are fewer clients than asked for.</exception>
    public static ImmutableArray<int> MostOfClass(ClientShards shards, ImageSet images, int classIndex, int? count)
    {
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(images);
        if (classIndex < 0 || classIndex >= images.Classes)
        {
            throw new ArgumentOutOfRangeException(nameof(classIndex), classIndex, $"The classes are 0 to {images.Classes - 1}.");
        }

        if (count is < 0 || count > shards.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are {shards.Count} clients.");
        }

        var held = shards.Indices.Select(shard => images.CountByClass(shard)[classIndex]).ToArray();
        var ordered = Enumerable.Range(0, shards.Count).OrderByDescending(client => held[client]).ThenBy(client => client);
        return count is { } wanted
            ? [.. ordered.Take(wanted)]
            : [.. ordered.Where(client => 2 * held[client] > shards[client].Length)];
    }
}
