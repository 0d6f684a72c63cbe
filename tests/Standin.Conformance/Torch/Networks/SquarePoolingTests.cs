using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Networks;

/// <summary>
/// Max pooling over windows of two by two against the plain definition, on planes narrower and wider than any vector, of odd and even sizes.
/// </summary>
public sealed class SquarePoolingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<long[]> Shapes => new()
    {
        new long[] { 1, 1, 2, 2 },
        new long[] { 3, 5, 2, 2 },
        new long[] { 1, 3, 4, 4 },
        new long[] { 7, 3, 6, 6 },
        new long[] { 3, 7, 8, 8 },
        new long[] { 5, 3, 10, 10 },
        new long[] { 3, 3, 4, 14 },
        new long[] { 2, 3, 6, 18 },
        new long[] { 2, 5, 24, 24 },
        new long[] { 2, 3, 4, 32 },
        new long[] { 1, 2, 6, 70 },
        new long[] { 2, 3, 9, 8 },
        new long[] { 2, 3, 8, 9 },
        new long[] { 3, 5, 5, 5 },
        new long[] { 2, 2, 7, 67 },
        new long[] { 5, 8, 10 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_largest_of_each_window_is_found(long[] shape)
    {
        // Few different values: many windows have two or more largest pixels, of which the first must win.
        using var generator = new Generator(3);
        foreach (var x in new[] { randn(shape, generator: generator), randint(0, 3, shape, generator: generator).to_type(ScalarType.Float32) })
        {
            var (expected, places) = Largest(x);
            var recorded = x.clone().requires_grad_();
            var pooled = functional.max_pool2d(recorded, 2);
            Assert.Equal(expected, functional.max_pool2d(x, 2).data<float>().ToArray());
            Assert.Equal(expected, pooled.detach().data<float>().ToArray());

            var weights = randn(pooled.shape, generator: generator).requires_grad_();
            var gradient = autograd.grad([(pooled * weights).sum()], [recorded], create_graph: true)[0];
            Assert.Equal(Placed(weights.detach(), places, x.numel()), gradient.detach().data<float>().ToArray());

            var outer = randn(shape, generator: generator);
            var back = autograd.grad([(gradient * outer).sum()], [weights])[0];
            var from = outer.data<float>().ToArray();
            Assert.Equal([.. places.Select(place => from[place])], back.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(7, 9)]
    [InlineData(4, 40)]
    public void Not_a_number_beats_every_number(long height, long width)
    {
        foreach (var place in new[] { 0L, 1L, width, width + 1 })
        {
            var x = arange(height * width, ScalarType.Float32).view(1, 1, height, width).clone();
            x[0, 0, place / width, place % width] = tensor(float.NaN);
            x.requires_grad_();
            var pooled = functional.max_pool2d(x, 2);
            Assert.True(float.IsNaN(pooled.detach().data<float>()[0]));
            Assert.DoesNotContain(pooled.detach().data<float>().ToArray().Skip(1), float.IsNaN);
            pooled.sum().backward();
            Assert.Equal(1f, x.grad()!.data<float>()[place]);
        }
    }

    [Fact]
    public void The_smallest_numbers_still_have_a_first()
    {
        var x = full(1, 1, 4, 4, float.NegativeInfinity).requires_grad_();
        functional.max_pool2d(x, 2).sum().backward();
        Assert.Equal([1f, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Positions_agree_with_gradients()
    {
        using var generator = new Generator(4);
        var x = randn([2, 3, 10, 10], generator: generator).requires_grad_();
        var (values, positions) = functional.max_pool2d_with_indices(x, [2L, 2L], [2L, 2L]);
        Assert.Equal(ScalarType.Int64, positions.dtype);
        values.sum().backward();
        var marked = zeros(6, 100).scatter(1, positions.view(6, 25), ones(6, 25));
        Assert.Equal(marked.data<float>().ToArray(), x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void A_turned_plane_is_pooled_as_it_is_seen()
    {
        using var generator = new Generator(5);
        var x = randn([2, 3, 8, 12], generator: generator);
        var expected = functional.max_pool2d(x.transpose(2, 3).contiguous(), 2);
        Assert.Equal(expected.data<float>().ToArray(), functional.max_pool2d(x.transpose(2, 3), 2).data<float>().ToArray());
    }

    public void Dispose() => _scope.Dispose();

    private static (float[] Values, long[] Places) Largest(Tensor x)
    {
        var pixels = x.data<float>().ToArray();
        var (height, width) = (x.shape[^2], x.shape[^1]);
        List<float> values = [];
        List<long> places = [];
        for (var plane = 0L; plane < pixels.Length; plane += height * width)
        {
            for (var row = 0L; row + 1 < height; row += 2)
            {
                for (var column = 0L; column + 1 < width; column += 2)
                {
                    var corner = plane + row * width + column;
                    var best = new[] { corner, corner + 1, corner + width, corner + width + 1 }.MaxBy(place => pixels[place]);
                    places.Add(best);
                    values.Add(pixels[best]);
                }
            }
        }

        return ([.. values], [.. places]);
    }

    private static float[] Placed(Tensor values, long[] places, long count)
    {
        var result = new float[count];
        foreach (var (value, place) in values.data<float>().ToArray().Zip(places))
        {
            result[place] = value;
        }

        return result;
    }
}
