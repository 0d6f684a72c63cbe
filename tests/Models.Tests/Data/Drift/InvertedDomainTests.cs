using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data.Drift;

public sealed class InvertedDomainTests
{
    // Three by three in two channels, each pixel's value its place.
    private static readonly ImageSet Counted = new(
        "counted", new ImageShape(2, 3, 3), 4, Enumerable.Range(0, 18).Select(value => (byte)value).ToArray(), new byte[] { 3 }, [0, 0], [1, 1]);

    [Theory]
    [InlineData(0, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(90, new[] { 6, 3, 0, 7, 4, 1, 8, 5, 2 })]
    [InlineData(180, new[] { 8, 7, 6, 5, 4, 3, 2, 1, 0 })]
    [InlineData(270, new[] { 2, 5, 8, 1, 4, 7, 0, 3, 6 })]
    public void Every_channel_is_turned_clockwise_and_inverted(int rotation, int[] sources)
    {
        var inverted = InvertedDomain.Of(Counted, rotation);

        Assert.Equal(
            sources.Concat(sources.Select(source => source + 9)).Select(source => (byte)(255 - source)), inverted.Pixels(0).ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(180, 180)]
    [InlineData(90, 270)]
    [InlineData(270, 90)]
    public void Inverted_again_and_turned_back_an_image_is_what_it_was(int rotation, int back)
    {
        var images = SmallImages.Random(20);
        var once = InvertedDomain.Of(images, rotation);
        var twice = InvertedDomain.Of(once, back);

        Assert.NotEqual(images.Pixels(0).ToArray(), once.Pixels(0).ToArray());
        Assert.All(Enumerable.Range(0, 20), image => Assert.Equal(images.Pixels(image).ToArray(), twice.Pixels(image).ToArray()));
        Assert.Equal(images.ClassLabels.ToArray(), twice.ClassLabels.ToArray());
    }

    [Fact]
    public void What_cannot_be_turned_is_refused()
    {
        var wide = new ImageSet("wide", new ImageShape(1, 1, 2), 2, new byte[2], new byte[1], [0], [1]);

        Assert.Contains("0, 90, 180, 270", Assert.Throws<ArgumentException>(() => InvertedDomain.Of(wide, 45)).Message);
        Assert.Contains("square", Assert.Throws<ArgumentException>(() => InvertedDomain.Of(wide, 90)).Message);
        Assert.Equal([254, 255], InvertedDomain.Of(
            new ImageSet("wide", wide.Shape, 2, new byte[] { 0, 1 }, new byte[1], [0], [1]), 180).Pixels(0).ToArray());
    }
}
