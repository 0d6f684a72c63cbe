using System.Text.Json;
using FedActors.Actors.Federation;

namespace FedActors.Actors.Tests.Federation;

public sealed class StalenessHistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(40, 6)]
    [InlineData(127, 7)]
    [InlineData(128, 8)]
    [InlineData(1_000_000, 8)]
    public void An_update_is_counted_in_the_bucket_of_its_staleness(long staleness, int bucket)
    {
        var histogram = StalenessHistogram.Empty.With(staleness);

        Assert.Equal(1, histogram.Counts[bucket]);
        Assert.Equal(1, histogram.Counts.Sum());
        Assert.True(StalenessHistogram.LowerBounds[bucket] <= staleness);
    }

    [Fact]
    public void It_survives_json_as_an_array()
    {
        var histogram = StalenessHistogram.Empty.With(0).With(40).With(40);

        var text = JsonSerializer.Serialize(histogram);

        Assert.Equal("[1,0,0,0,0,0,2,0,0]", text);
        Assert.Equal(histogram, JsonSerializer.Deserialize<StalenessHistogram>(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<StalenessHistogram>("[1,2]"));
    }

    [Fact]
    public void A_negative_staleness_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StalenessHistogram.Empty.With(-1));
}
