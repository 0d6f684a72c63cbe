using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Threads;

/// <summary>The number of threads is a setting of the process that changes no result by more than rounding.</summary>
[Collection(ThreadSettings.Name)]
public sealed class ThreadCountTests : IDisposable
{
    private readonly int _threads = get_num_threads();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Generator _generator = new(3);

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
        set_num_threads(_threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_that_was_set_is_in_force(int threads)
    {
        set_num_threads(threads);

        Assert.Equal(threads, get_num_threads());
    }

    [Theory]
    [InlineData(64, 1, 28, 10, 5, 1)]
    [InlineData(64, 10, 12, 20, 5, 1)]
    [InlineData(8, 16, 32, 32, 3, 2)]
    [InlineData(8, 64, 8, 64, 3, 1)]
    public void Convolutions_and_their_gradients_do_not_depend_on_it(
        int images, int channels, int size, int filters, int kernel, int stride)
    {
        var x = Draw(images, channels, size, size).requires_grad_();
        var weight = Draw(filters, channels, kernel, kernel).requires_grad_();
        var bias = Draw(filters).requires_grad_();

        AssertSame(() =>
        {
            var y = functional.conv2d(x, weight, bias, strides: [stride, stride], padding: [1, 1]);
            return [y, .. autograd.grad([y.square().sum()], [x, weight, bias])];
        });
    }

    [Theory]
    [InlineData(300, 200, 400)]
    [InlineData(20, 3000, 100)]
    [InlineData(3000, 20, 100)]
    public void Products_do_not_depend_on_it(int rows, int columns, int depth)
    {
        var a = Draw(rows, depth);
        var b = Draw(depth, columns);
        var turned = Draw(columns, depth);

        AssertSame(() => [a.mm(b), a.mm(turned.t())]);
    }

    [Fact]
    public void Pooling_normalization_and_reductions_do_not_depend_on_it()
    {
        var x = Draw(64, 16, 32, 32).requires_grad_();
        var scale = Draw(16).requires_grad_();
        var shift = Draw(16).requires_grad_();

        AssertSame(() =>
        {
            var normal = functional.group_norm(x, 4, scale, shift);
            var most = functional.max_pool2d(normal, 2);
            var mean = functional.avg_pool2d(normal, 2);
            var sums = normal.exp().sum(1);
            return [most, mean, sums, .. autograd.grad([(most * mean).sum() + sums.sum()], [x, scale, shift])];
        });
    }

    [Fact]
    public async Task Tasks_side_by_side_may_each_use_several()
    {
        var a = Draw(400, 300);
        var b = Draw(300, 400);
        set_num_threads(2);
        var expected = a.mm(b);

        var tasks = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var agree = true;
            for (var i = 0; i < 50; i++)
            {
                using var product = a.mm(b);
                agree &= product.allclose(expected, 1e-5, 1e-4);
            }

            return agree;
        }));

        Assert.All(await Task.WhenAll(tasks), Assert.True);
    }

    private static void AssertSame(Func<Tensor[]> compute)
    {
        set_num_threads(1);
        var expected = compute();
        foreach (var threads in new[] { 2, 3 })
        {
            set_num_threads(threads);
            foreach (var (result, reference) in compute().Zip(expected))
            {
                Assert.True(result.allclose(reference, 1e-4, 1e-3));
            }
        }
    }

    private Tensor Draw(params long[] shape) => randn(shape, generator: _generator);
}
