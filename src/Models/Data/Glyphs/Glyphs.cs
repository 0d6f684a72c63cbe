namespace FedActors.Models.Data;

/// <summary>
/// The built-in data set: ten characters drawn by strokes, grey, 28×28, so that a first experiment needs no download.
/// </summary>
public static class Glyphs
{
    /// <summary>The name in the catalogue.</summary>
    public const string Name = "glyphs";

    private const int TrainingCount = 10_000;
    private const int TestCount = 2_000;

    private static readonly Lazy<DataSet> Drawn = new(() => Create(TrainingCount, TestCount, seed: 1));

    /// <summary>10,000 training and 2,000 test images, the same in every process; drawn at first use.</summary>
    public static DataSet Shared => Drawn.Value;

    /// <summary>The characters, in the order of their classes.</summary>
    public static string Characters => GlyphStrokes.Characters;

    /// <summary>Draws a set of its own.</summary>
    /// <param name="training">How many training images, at least 1.</param>
    /// <param name="test">How many test images, at least 1.</param>
    /// <param name="seed">The seed of every random choice.</param>
    /// <returns>The set. Classes follow each other in turn, so that their counts differ by one at most.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1.</exception>
    public static DataSet Create(int training, int test, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(training, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        var (pixels, labels) = GlyphPainter.Paint(training, seed, "glyphs training");
        var (testPixels, testLabels) = GlyphPainter.Paint(test, seed, "glyphs test");
        var (mean, deviation) = Moments(pixels);
        var classes = Characters.Length;
        return new DataSet(
            Name,
            new ImageSet("glyphs training", GlyphPainter.Shape, classes, pixels, labels, [mean], [deviation]),
            new ImageSet("glyphs test", GlyphPainter.Shape, classes, testPixels, testLabels, [mean], [deviation]));
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<byte> pixels)
    {
        var sum = 0L;
        var squares = 0L;
        foreach (var pixel in pixels)
        {
            sum += pixel;
            squares += pixel * pixel;
        }

        var mean = sum / (255.0 * pixels.Length);
        var meanSquare = squares / (255.0 * 255.0 * pixels.Length);
        return (mean, Math.Sqrt(meanSquare - (mean * mean)));
    }
}
