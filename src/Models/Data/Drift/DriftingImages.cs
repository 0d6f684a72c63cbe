using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>
/// Images of which more and more are replaced by their counterparts. What is replaced stays so, at its place in the list.
/// </summary>
internal sealed class DriftingImages
{
    private readonly int[] _images;
    private readonly int[] _counterparts;
    private readonly int[] _order;

    /// <param name="images">The images before the drift.</param>
    /// <param name="counterparts">What takes their places.</param>
    /// <param name="seed">The seed of the order in which they are replaced.</param>
    public DriftingImages(int[] images, Counterparts counterparts, ulong seed)
    {
        _images = images;
        _counterparts = [.. images.Select(counterparts.Of)];
        _order = [.. Enumerable.Range(0, images.Length)];
        new SeededRandom(seed).Shuffle<int>(_order);
    }

    /// <summary>How many images there are.</summary>
    public int Count => _images.Length;

    /// <summary>The images when so many are replaced. Nobody may change what is returned.</summary>
    public int[] At(int replaced)
    {
        if (replaced == 0)
        {
            return _images;
        }

        var drifted = _images.AsSpan().ToArray();
        foreach (var place in _order.AsSpan(0, replaced))
        {
            drifted[place] = _counterparts[place];
        }

        return drifted;
    }
}
