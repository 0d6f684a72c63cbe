using FedActors.Models.Data;
using FedActors.Models.Randomness;

namespace FedActors.Models.Tests.Support;

/// <summary>Image sets made for a test.</summary>
internal static class SmallImages
{
    /// <summary>Random images, by default of one channel and 2×2 pixels, with labels in turn.</summary>
    public static ImageSet Random(int count, int classes = 10, ImageShape? extents = null, ulong seed = 1)
    {
        var shape = extents ?? new ImageShape(1, 2, 2);
        var random = new SeededRandom(seed);
        var pixels = new byte[count * shape.Size];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)random.NextInt(256);
        }

        var (mean, deviation) = (Enumerable.Repeat(0.5, shape.Channels), Enumerable.Repeat(0.25, shape.Channels));
        return new ImageSet("random", shape, classes, pixels, Labels(count, image => image % classes), [.. mean], [.. deviation]);
    }

    /// <summary>Empty 1×1 images with random labels: enough for whoever looks at labels only.</summary>
    public static ImageSet Labelled(int count, int classes, ulong seed)
    {
        var random = new SeededRandom(seed);
        var labels = Labels(count, _ => random.NextInt(classes));
        return new ImageSet("labelled", new ImageShape(1, 1, 1), classes, new byte[count], labels, [0], [1]);
    }

    private static byte[] Labels(int count, Func<int, int> label) => [.. Enumerable.Range(0, count).Select(image => (byte)label(image))];
}
