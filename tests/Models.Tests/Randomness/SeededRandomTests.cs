using FedActors.Models.Randomness;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Randomness;

public sealed class SeededRandomTests
{
    [Fact]
    public void Sequence_of_a_seed_never_changes()
    {
        var random = new SeededRandom(42);

        var draws = Enumerable.Range(0, 4).Select(_ => random.NextUInt64());

        // From a separate implementation of the published algorithms.
        Assert.Equal([0x15780B2E0C2EC716, 0x6104D9866D113A7E, 0xAE17533239E499A1, 0xECB8AD4703B360A1], draws);
    }

    [Fact]
    public void State_continues_the_sequence()
    {
        var random = new SeededRandom(7);
        random.NextGaussian();

        var continued = SeededRandom.FromState(random.State);

        Assert.Equal(random.NextGaussian(), continued.NextGaussian());
        Assert.Equal(random.State.ToArray(), continued.State.ToArray());
    }

    [Fact]
    public void State_of_zeros_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SeededRandom.FromState([0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => SeededRandom.FromState([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => SeededRandom.FromState(default));
    }

    [Fact]
    public void Integers_stay_below_their_bound()
    {
        Properties.Hold(Gen.Choose(1, int.MaxValue), bound =>
        {
            var random = new SeededRandom((ulong)bound);
            for (var draw = 0; draw < 20; draw++)
            {
                Assert.InRange(random.NextInt(bound), 0, bound - 1);
            }
        });
    }

    [Fact]
    public void Integers_are_spread_evenly()
    {
        var random = new SeededRandom(3);
        var counts = new int[7];
        for (var draw = 0; draw < 70_000; draw++)
        {
            counts[random.NextInt(counts.Length)]++;
        }

        // Five standard deviations of a binomial count with mean 10,000.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Gaussian_numbers_have_mean_zero_and_variance_one()
    {
        var random = new SeededRandom(5);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian()).ToArray();

        // Five standard errors of the mean and of the variance of 100,000 normal draws.
        Assert.InRange(draws.Average(), -0.016, 0.016);
        Assert.InRange(draws.Average(value => value * value), 0.978, 1.022);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Gamma_numbers_have_their_shape_as_mean(double shape)
    {
        var random = new SeededRandom(9);

        var mean = Enumerable.Range(0, 100_000).Average(_ => Math.Exp(random.NextLogGamma(shape)));

        // Five standard errors: the variance of a gamma variable is its shape.
        Assert.Equal(shape, mean, 5 * Math.Sqrt(shape / 100_000));
    }

    [Fact]
    public void Gamma_numbers_of_a_tiny_shape_do_not_vanish()
    {
        var random = new SeededRandom(9);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(double.IsFinite(random.NextLogGamma(1e-4))));
    }

    [Fact]
    public void Shuffle_keeps_all_items()
    {
        Properties.Hold(Gen.Choose(0, 50), count =>
        {
            var items = Enumerable.Range(0, count).ToArray();

            new SeededRandom((ulong)count).Shuffle<int>(items);

            Assert.Equal(Enumerable.Range(0, count), items.Order());
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Bounds_below_one_are_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt(bound));
}
