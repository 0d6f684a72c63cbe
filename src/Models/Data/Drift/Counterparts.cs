using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>Finds for an image of the first domain the one of the second that takes its place.</summary>
internal sealed class Counterparts
{
    private readonly int _first;
    private readonly ImageSet _both;
    private readonly ulong _seed;

    // The second domain's images by class; null where images have counterparts of their own.
    private readonly int[][]? _byClass;

    /// <param name="both">The images of the first domain, then those of the second.</param>
    /// <param name="first">How many are of the first.</param>
    /// <param name="isPaired">Whether the second domain has the same images in the same order.</param>
    /// <param name="seed">The seed of every random choice.</param>
    public Counterparts(ImageSet both, int first, bool isPaired, ulong seed)
    {
        _both = both;
        _first = first;
        _seed = seed;
        _byClass = isPaired
            ? null
            : [.. Enumerable.Range(0, both.Classes).Select(label => OfClass(both, first, label))];
    }

    /// <summary>The counterpart, which has the same label: the image's own, or one drawn from (seed, image).</summary>
    /// <param name="image">An image of the first domain.</param>
    public int Of(int image)
    {
        if (_byClass is null)
        {
            return _first + image;
        }

        var candidates = _byClass[_both.ClassLabels[image]];
        return candidates[new SeededRandom(Seeds.Derive(_seed, "counterpart", image)).NextInt(candidates.Length)];
    }

    private static int[] OfClass(ImageSet both, int first, int label) =>
        [.. Enumerable.Range(first, both.Count - first).Where(image => both.ClassLabels[image] == label)];
}
