using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedActors.Actors.Federation;

/// <summary>
/// Counts updates by staleness in buckets that double: 0, 1, 2–3, 4–7, 8–15, 16–31, 32–63, 64–127, and 128 or more
/// versions. Two histograms are equal when all their counts are. In JSON it is the array of its counts.
/// </summary>
[JsonConverter(typeof(ArrayConverter))]
public sealed class StalenessHistogram : IEquatable<StalenessHistogram>
{
    private const int Buckets = 9;

    private StalenessHistogram(ImmutableArray<long> counts) => Counts = counts;

    /// <summary>No updates at all.</summary>
    public static StalenessHistogram Empty { get; } = new([.. new long[Buckets]]);

    /// <summary>The least staleness of each bucket.</summary>
    public static ImmutableArray<long> LowerBounds { get; } = [0, .. Enumerable.Range(0, Buckets - 1).Select(power => 1L << power)];

    /// <summary>How many updates there are in each bucket.</summary>
    public ImmutableArray<long> Counts { get; }

    /// <summary>The histogram with one more update.</summary>
    /// <param name="staleness">τ of the update in versions, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="staleness"/> is negative.</exception>
    public StalenessHistogram With(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        var bucket = staleness == 0 ? 0 : Math.Min(Buckets - 1, BitOperations.Log2((ulong)staleness) + 1);
        return new StalenessHistogram(Counts.SetItem(bucket, Counts[bucket] + 1));
    }

    /// <inheritdoc/>
    public bool Equals(StalenessHistogram? other) => other is not null && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StalenessHistogram);

    /// <inheritdoc/>
    public override int GetHashCode() => Counts.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Counts);

    private sealed class ArrayConverter : JsonConverter<StalenessHistogram>
    {
        public override StalenessHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var counts = JsonSerializer.Deserialize<long[]>(ref reader, options);
            return counts is { Length: Buckets }
                ? new StalenessHistogram([.. counts])
                : throw new JsonException($"A staleness histogram has {Buckets} counts.");
        }

        public override void Write(Utf8JsonWriter writer, StalenessHistogram value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Counts.AsSpan().ToArray(), options);
    }
}
