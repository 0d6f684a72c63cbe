using FedActors.Models.Parameters;
using FedActors.Models.Randomness;

namespace FedActors.Models.Staleness.Guards;

/// <summary>
/// A short summary of an update that keeps angles: every coordinate is added, with a random sign, to one of
/// <see cref="Length"/> buckets (count sketch; Charikar, Chen and Farach-Colton, 2002). Inner products are kept on average,
/// and cosines with a deviation of about 1/√512 = 0.04, less for vectors that point the same way.
/// </summary>
public sealed class UpdateSketch
{
    /// <summary>Number of buckets.</summary>
    public const int Length = 512;

    private const ulong Salt = 0x5EED_0FC0_4217_0001;

    private readonly double _norm;

    private UpdateSketch(ParameterVector buckets)
    {
        Buckets = buckets;
        _norm = buckets.L2Norm();
    }

    /// <summary>The buckets, as they are journaled.</summary>
    public ParameterVector Buckets { get; }

    /// <summary>Summarises an update. Sketches of different lengths of update can't be compared.</summary>
    public static UpdateSketch Of(ParameterVector update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return new UpdateSketch(ParameterVector.Create(Length, buckets =>
        {
            var values = update.Span;
            for (var index = 0; index < values.Length; index++)
            {
                var hash = SplitMix64.Mix((ulong)index + Salt);
                var value = values[index];
                buckets[(int)(hash % Length)] += (hash >> 63) == 0 ? value : -value;
            }
        }));
    }

    /// <summary>A sketch as it was journaled.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Length"/> buckets.</exception>
    public static UpdateSketch From(ParameterVector buckets)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return buckets.Length == Length
            ? new UpdateSketch(buckets)
            : throw new ArgumentException($"A sketch has {Length} buckets, not {buckets.Length}.", nameof(buckets));
    }

    /// <summary>The cosine distance between the two updates, as far as the sketches tell.</summary>
    /// <returns>About 1 − cosine, from 0 to 2; 1 where an update is zero.</returns>
    public double DistanceTo(UpdateSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var norms = _norm * other._norm;
        return norms == 0 ? 1 : 1 - Math.Clamp(Buckets.Dot(other.Buckets) / norms, -1, 1);
    }
}
