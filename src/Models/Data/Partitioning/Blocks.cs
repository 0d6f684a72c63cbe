using System.Collections.Immutable;

namespace FedActors.Models.Data;

/// <summary>Cuts a sequence of images into contiguous blocks of equal size.</summary>
internal static class Blocks
{
    /// <summary>
    /// Cuts <paramref name="images"/> into as many blocks as <paramref name="owners"/> has clients. The block at place
    /// k goes to client <c>owners[k]</c>, who keeps the first <paramref name="samples"/> of it, or all.
    /// The first blocks are one longer where the division leaves a rest.
    /// </summary>
    public static ClientShards Deal(ReadOnlySpan<int> images, ReadOnlySpan<int> owners, int? samples)
    {
        var shards = new int[owners.Length][];
        var size = images.Length / owners.Length;
        var longer = images.Length % owners.Length;
        for (var place = 0; place < owners.Length; place++)
        {
            var length = place < longer ? size + 1 : size;
            shards[owners[place]] = images[..(samples ?? length)].ToArray();
            images = images[length..];
        }

        return new ClientShards(ImmutableArray.Create(shards));
    }
}
