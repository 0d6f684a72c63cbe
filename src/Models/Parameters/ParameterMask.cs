using System.Collections;

namespace FedActors.Models.Parameters;

/// <summary>An immutable choice of coordinates of a <see cref="ParameterVector"/>.</summary>
public sealed class ParameterMask
{
    private readonly BitArray _kept;

    private ParameterMask(BitArray kept, int count)
    {
        _kept = kept;
        Kept = count;
    }

    /// <summary>How many coordinates there are.</summary>
    public int Length => _kept.Length;

    /// <summary>How many of them are kept.</summary>
    public int Kept { get; }

    /// <summary>Whether a coordinate is kept.</summary>
    /// <param name="coordinate">From 0 to <see cref="Length"/> − 1.</param>
    public bool this[int coordinate] => _kept[coordinate];

    /// <summary>Makes a mask from one flag for each coordinate.</summary>
    /// <param name="kept"><see langword="true"/> for each coordinate to keep; copied.</param>
    /// <returns>The mask.</returns>
    public static ParameterMask FromFlags(ReadOnlySpan<bool> kept) => new(new BitArray(kept.ToArray()), kept.Count(true));

    /// <summary>The mask as numbers.</summary>
    /// <returns>1 for each coordinate that is kept, 0 for the others.</returns>
    public ParameterVector ToVector() => ParameterVector.Create(Length, values =>
    {
        for (var coordinate = 0; coordinate < values.Length; coordinate++)
        {
            values[coordinate] = _kept[coordinate] ? 1 : 0;
        }
    });

    internal static ParameterMask TopMagnitude(ReadOnlySpan<float> values, double keep)
    {
        if (!(keep > 0 && keep <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(keep), keep, "The fraction of coordinates to keep lies in (0, 1].");
        }

        // The small addend keeps a product such as 0.07 · 100 from falling just short of the whole number that is meant.
        var wanted = Math.Min(values.Length, Math.Max(1, (int)Math.Floor((keep * values.Length) + 1e-9)));
        var magnitudes = new float[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            magnitudes[index] = Math.Abs(values[index]);
        }

        var sorted = (float[])magnitudes.Clone();
        Array.Sort(sorted);
        var threshold = wanted == 0 ? 0 : sorted[^wanted];
        var above = sorted.Length - UpperBound(sorted, threshold);
        var ties = wanted - above;
        var kept = new BitArray(values.Length);
        for (var index = 0; index < magnitudes.Length; index++)
        {
            // CompareTo orders NaN below every number, as Array.Sort does.
            var order = magnitudes[index].CompareTo(threshold);
            kept[index] = order > 0 || (order == 0 && ties-- > 0);
        }

        return new ParameterMask(kept, wanted);
    }

    private static int UpperBound(float[] sorted, float value)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].CompareTo(value) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
