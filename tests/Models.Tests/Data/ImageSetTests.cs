using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void Inputs_are_scaled_shifted_and_divided()
    {
        var set = new ImageSet("two", new ImageShape(1, 1, 2), 2, new byte[] { 0, 255, 51, 102 }, new byte[] { 0, 1 }, [0.2], [0.5]);

        using var inputs = set.Inputs([1, 0, 1]);

        Assert.Equal([3, 1, 1, 2], inputs.shape);
        Assert.Equal([0, 0.4f, -0.4f, 1.6f, 0, 0.4f], inputs.data<float>().ToArray(), (one, other) => MathF.Abs(one - other) < 1e-6f);
    }

    [Fact]
    public void Labels_are_those_of_the_chosen_images()
    {
        var set = SmallImages.Random(20);

        using var labels = set.Labels([3, 13, 7]);

        Assert.Equal([3L, 3L, 7L], labels.data<long>().ToArray());
    }

    [Fact]
    public void Classes_are_counted()
    {
        var set = SmallImages.Random(20, classes: 4);

        Assert.Equal([2, 1, 0, 0], set.CountByClass([0, 4, 1]));
        Assert.Equal([5, 5, 5, 5], set.CountByClass([.. Enumerable.Range(0, 20)]));
    }

    [Fact]
    public void Images_out_of_range_are_refused()
    {
        var set = SmallImages.Random(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => set.Inputs([3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Labels([-1]));
        Assert.Throws<ArgumentException>(() => set.Inputs([]));
        Assert.Throws<ArgumentException>(() => set.Labels([]));
    }

    [Fact]
    public void Sets_that_do_not_add_up_are_refused()
    {
        var shape = new ImageShape(1, 1, 2);
        Assert.Throws<ArgumentException>(() => new ImageSet("x", shape, 2, new byte[3], new byte[2], [0], [1]));
        Assert.Throws<ArgumentException>(() => new ImageSet("x", shape, 2, new byte[4], new byte[] { 0, 2 }, [0], [1]));
        Assert.Throws<ArgumentException>(() => new ImageSet("x", shape, 2, new byte[4], new byte[2], [0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new ImageSet("x", shape, 2, new byte[4], new byte[2], [0], [0]));
    }
}
