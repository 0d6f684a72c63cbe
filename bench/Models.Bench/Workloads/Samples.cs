using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Randomness;

namespace FedActors.Models.Bench.Workloads;

/// <summary>Seeded random images and labels. Time does not depend on what an image shows, so no data set is needed.</summary>
internal static class Samples
{
    public static ImageSet For(INetwork network, int count)
    {
        var random = new SeededRandom(1);
        var pixels = new byte[count * network.Input.Size];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)(random.NextDouble() * 256);
        }

        var labels = new byte[count];
        foreach (ref var label in labels.AsSpan())
        {
            label = (byte)(random.NextDouble() * network.Classes);
        }

        var channels = Enumerable.Repeat(0.5, network.Input.Channels);
        var deviations = Enumerable.Repeat(0.29, network.Input.Channels);
        return new ImageSet("random images", network.Input, network.Classes, pixels, labels, [.. channels], [.. deviations]);
    }

    public static int[] All(ImageSet images) => [.. Enumerable.Range(0, images.Count)];
}
