using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Networks;

/// <summary>Layers at the sizes of real networks, where the fast kernels work, against the same in float64.</summary>
public sealed class LayerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int, int, int, int, int, int> Convolutions => new()
    {
        // images, channels in, size, channels out, kernel, stride
        { 2, 1, 28, 10, 5, 1 },
        { 3, 10, 12, 20, 5, 1 },
        { 1, 6, 14, 16, 5, 1 },
        { 2, 3, 32, 16, 3, 1 },
        { 2, 16, 32, 32, 3, 2 },
        { 2, 16, 32, 32, 1, 2 },
        { 1, 64, 8, 64, 3, 1 },
        { 2, 2, 7, 3, 3, 2 },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void A_convolution_and_its_gradients_are_exact(int images, int channels, int size, int filters, int kernel, int stride)
    {
        using var generator = new Generator(5);
        foreach (var padding in new long[] { 0, kernel / 2 })
        {
            Tensor[] inputs =
            [
                randn([images, channels, size, size], generator: generator),
                randn([filters, channels, kernel, kernel], generator: generator),
                randn([filters], generator: generator),
            ];
            AssertAgrees(inputs, x => functional.conv2d(x[0], x[1], x[2], [stride, stride], [padding, padding]));
        }
    }

    [Fact]
    public void Group_norm_and_its_gradients_are_exact()
    {
        using var generator = new Generator(5);
        AssertAgrees(
            [randn([3, 16, 16, 16], generator: generator), randn([16], generator: generator), randn([16], generator: generator)],
            static x => functional.group_norm(x[0], 8, x[1], x[2]));
    }

    [Fact]
    public void A_linear_layer_and_its_gradients_are_exact()
    {
        using var generator = new Generator(5);
        AssertAgrees(
            [randn([33, 784], generator: generator), randn([64, 784], generator: generator), randn([64], generator: generator)],
            static x => functional.linear(x[0], x[1], x[2]));
    }

    [Fact]
    public void Pooling_and_its_gradients_are_exact()
    {
        using var generator = new Generator(5);
        AssertAgrees([randn([3, 10, 24, 24], generator: generator)], static x => functional.max_pool2d(x[0], 2));
        AssertAgrees([randn([3, 10, 25, 23], generator: generator)], static x => functional.max_pool2d(x[0], 3, 2));
        AssertAgrees([randn([3, 10, 24, 24], generator: generator)], static x => functional.avg_pool2d(x[0], 2));
    }

    [Fact]
    public void Max_pooling_tells_where_it_found_the_largest()
    {
        var (values, positions) = functional.max_pool2d_with_indices(arange(16, ScalarType.Float32).view(1, 1, 4, 4), [2L, 2L], [2L, 2L]);
        Assert.Equal([5f, 7f, 13f, 15f], values.data<float>().ToArray());
        Assert.Equal([5L, 7L, 13L, 15L], positions.data<long>().ToArray());
    }

    [Fact]
    public void Of_equal_pixels_the_first_wins()
    {
        var x = ones(1, 1, 2, 2, requires_grad: true);
        functional.max_pool2d(x, 2).sum().backward();
        Assert.Equal([1f, 0f, 0f, 0f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Relu_has_slope_zero_at_zero()
    {
        var x = zeros(3, requires_grad: true);
        x.relu().sum().backward();
        Assert.Equal([0f, 0f, 0f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Softmax_stands_large_numbers()
    {
        var x = tensor(new float[,] { { 1000, 1000, -1000 } });
        Assert.Equal([0.5f, 0.5f, 0f], x.softmax(1).data<float>().ToArray());
        Assert.Equal(-Math.Log(2), x.log_softmax(1)[0, 0].item<float>(), 1e-5);
    }

    [Fact]
    public void Cross_entropy_averages_sums_or_lists()
    {
        var (x, y) = (zeros(2, 4), tensor(new[] { 1L, 3L }));
        Assert.Equal(Math.Log(4), functional.cross_entropy(x, y).item<float>(), 1e-6);
        Assert.Equal(2 * Math.Log(4), functional.cross_entropy(x, y, reduction: Reduction.Sum).item<float>(), 1e-6);
        Assert.Equal([2L], functional.cross_entropy(x, y, reduction: Reduction.None).shape);
    }

    [Fact]
    public void Cross_entropy_with_probabilities_of_one_is_that_of_classes()
    {
        using var generator = new Generator(5);
        var (x, y) = (randn([3, 4], generator: generator), tensor(new[] { 1L, 3L, 0L }));
        var expected = functional.cross_entropy(x, y).item<float>();
        Assert.Equal(expected, functional.cross_entropy(x, functional.one_hot(y, 4).to_type(ScalarType.Float32)).item<float>(), 1e-6f);
        Assert.Equal(expected, functional.nll_loss(x.log_softmax(1), y).item<float>(), 1e-6f);
    }

    private static void AssertAgrees(Tensor[] inputs, Func<Tensor[], Tensor> layer)
    {
        var (narrow, wide) = (Evaluate(inputs, ScalarType.Float32, layer), Evaluate(inputs, ScalarType.Float64, layer));
        foreach (var (a, b) in narrow.Zip(wide))
        {
            var error = (a.to_type(ScalarType.Float64) - b).norm() / b.norm();
            Assert.True(error.item<double>() < 1e-5, $"off by {error.item<double>()}");
        }
    }

    private static Tensor[] Evaluate(Tensor[] inputs, ScalarType type, Func<Tensor[], Tensor> layer)
    {
        Tensor[] leaves = [.. inputs.Select(x => x.to_type(type, true).requires_grad_())];
        var result = layer(leaves);
        var gradients = autograd.grad([result.square().sum()], leaves, retain_graph: true, create_graph: true);
        var second = autograd.grad([gradients.Select(static g => g.square().mean()).Aggregate(static (a, b) => a + b)], leaves);
        return [result.detach(), .. gradients.Select(static g => g.detach()), .. second];
    }
}
