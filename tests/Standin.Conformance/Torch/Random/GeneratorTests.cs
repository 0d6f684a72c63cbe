using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Random;

/// <summary>The numbers themselves differ between implementations; that a seed determines them does not.</summary>
public sealed class GeneratorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var first = new Generator(42);
        using var second = new Generator(42);
        Assert.Equal(Draw(first), Draw(second));
        Assert.NotEqual(Draw(first), Draw(new Generator(43)));
    }

    [Fact]
    public void Drawing_moves_on()
    {
        using var generator = new Generator(42);
        Assert.NotEqual(Draw(generator), Draw(generator));
    }

    [Fact]
    public void A_state_can_be_restored()
    {
        using var generator = new Generator(42);
        Draw(generator);
        var state = generator.get_state();
        var expected = Draw(generator);
        generator.set_state(state);
        Assert.Equal(expected, Draw(generator));
    }

    [Fact]
    public void Reseeding_starts_over()
    {
        using var generator = new Generator(42);
        var expected = Draw(generator);
        generator.manual_seed(42);
        Assert.Equal(expected, Draw(generator));
        Assert.Equal(42, generator.initial_seed());
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        using var generator = new Generator(1);
        var normal = randn(20_000, generator: generator);
        Assert.Equal(0, normal.mean().item<float>(), 0.03);
        Assert.Equal(1, normal.std().item<float>(), 0.03);
        var uniform = rand(20_000, generator: generator);
        Assert.Equal(0.5, uniform.mean().item<float>(), 0.01);
        Assert.True(uniform.min().item<float>() >= 0 && uniform.max().item<float>() < 1);
        var integers = randint(3, 6, [1000L], generator: generator);
        Assert.Equal(3, integers.min().item<long>());
        Assert.Equal(5, integers.max().item<long>());
    }

    [Fact]
    public void A_permutation_holds_every_number_once()
    {
        using var generator = new Generator(1);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (long)i), randperm(100, generator: generator).data<long>().ToArray().Order());
    }

    private static float[] Draw(Generator generator) => randn(8, generator: generator).data<float>().ToArray();
}
