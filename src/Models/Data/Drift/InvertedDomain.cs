using System.Collections.Immutable;

namespace FedActors.Models.Data;

/// <summary>Makes a second domain of a first: the same images with light and dark exchanged, and turned.</summary>
public static class InvertedDomain
{
    private const int Degrees = 90;

    /// <summary>The rotations there are, in degrees.</summary>
    public static ImmutableArray<int> Rotations { get; } = [0, Degrees, 2 * Degrees, 3 * Degrees];

    /// <summary>Replaces every pixel p by 255 − p and turns the images clockwise. Labels and order are kept.</summary>
    /// <param name="images">The first domain.</param>
    /// <param name="rotation">One of <see cref="Rotations"/>; 90 and 270 take square images.</param>
    /// <exception cref="ArgumentException">There is no such rotation, or the images are not square.</exception>
    public static ImageSet Of(ImageSet images, int rotation)
    {
        ArgumentNullException.ThrowIfNull(images);
        var source = SourceOfPixels(images.Shape, rotation);
        var pixels = new byte[checked(images.Count * images.Shape.Size)];
        for (var image = 0; image < images.Count; image++)
        {
            Develop(images.Pixels(image), source, pixels.AsSpan(image * images.Shape.Size, images.Shape.Size));
        }

        return new ImageSet(
            $"inverted {images.Name}",
            images.Shape,
            images.Classes,
            pixels,
            images.ClassLabels.ToArray(),
            images.Mean,
            images.Deviation);
    }

    private static void Develop(ReadOnlySpan<byte> image, int[] source, Span<byte> target)
    {
        var plane = source.Length;
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            var channel = pixel / plane * plane;
            target[pixel] = (byte)(byte.MaxValue - image[channel + source[pixel - channel]]);
        }
    }

    /// <summary>Where in a channel each pixel of the turned image comes from.</summary>
    private static int[] SourceOfPixels(ImageShape shape, int rotation)
    {
        if (!Rotations.Contains(rotation))
        {
            throw new ArgumentException(
                $"Images are turned by {string.Join(", ", Rotations)} degrees, not by {rotation}.", nameof(rotation));
        }

        var (height, width) = (shape.Height, shape.Width);
        if (rotation % (2 * Degrees) != 0 && height != width)
        {
            throw new ArgumentException($"A rotation by {rotation} degrees takes square images, not {shape}.", nameof(rotation));
        }

        var source = new int[height * width];
        for (var pixel = 0; pixel < source.Length; pixel++)
        {
            var (row, column) = (pixel / width, pixel % width);
            source[pixel] = rotation switch
            {
                Degrees => ((height - 1 - column) * width) + row,
                2 * Degrees => source.Length - 1 - pixel,
                3 * Degrees => (column * width) + width - 1 - row,
                _ => pixel,
            };
        }

        return source;
    }
}
