using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Tensors;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Shapes_broadcast_from_the_right()
    {
        var column = tensor(new[] { 10f, 20f }).unsqueeze(1);
        var row = tensor(new[] { 1f, 2f, 3f });
        Assert.Equal([11f, 12f, 13f, 21f, 22f, 23f], Floats(column + row));
        Assert.Equal([2L, 3L, 4L], (zeros(3, 1) + zeros(2, 1, 4)).shape);
    }

    [Fact]
    public void Every_pattern_of_strides_gives_the_same_sums()
    {
        var x = arange(24, ScalarType.Float32).view(2, 3, 4);
        var y = arange(24, ScalarType.Float32).view(4, 3, 2).permute(2, 1, 0);
        Assert.Equal(Floats(x + y.contiguous()), Floats(x + y));
        Assert.Equal(Floats((x + y.contiguous()).narrow(2, 1, 2).contiguous()), Floats(x.narrow(2, 1, 2) + y.narrow(2, 1, 2)));
        var channel = tensor(new[] { 1f, 2f, 3f }).view(3, 1);
        Assert.Equal(Floats(x + channel.expand(2, 3, 4).contiguous()), Floats(x + channel));
    }

    [Fact]
    public void Types_are_promoted()
    {
        Assert.Equal(ScalarType.Float32, (ones(2, ScalarType.Int64) + ones(2)).dtype);
        Assert.Equal(ScalarType.Float64, (ones(2, ScalarType.Float64) + ones(2)).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.5).dtype);
        Assert.Equal(ScalarType.Int64, (ones(2, ScalarType.Int64) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, ScalarType.Int64) * 2.5).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, ScalarType.Int64) / 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) + tensor(1.0)).dtype);
    }

    [Fact]
    public void Operators_take_numbers_on_either_side()
    {
        var x = tensor(new[] { 2f, 4f });
        Assert.Equal([3f, 5f], Floats(x + 1));
        Assert.Equal([-1f, -3f], Floats(1 - x));
        Assert.Equal([2f, 1f], Floats(4 / x));
        Assert.Equal([-2f, -4f], Floats(-x));
    }

    [Fact]
    public void Comparisons_give_truth_values()
    {
        var x = tensor(new[] { 1f, 2f, 3f });
        Assert.Equal([false, true, true], x.ge(2).data<bool>().ToArray());
        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, false], x.lt(tensor(2f)).data<bool>().ToArray());
        Assert.True(x.gt(0).all().ToBoolean());
        Assert.False(x.gt(3).any().ToBoolean());
        Assert.Equal(2, x.gt(1).sum().ToInt64());
    }

    [Fact]
    public void Allclose_knows_tolerances()
    {
        var x = ones(3);
        Assert.True(x.allclose(x + 1e-7f));
        Assert.False(x.allclose(x + 1e-3f));
        Assert.True(x.Equals(ones(3)));
        Assert.False(x.Equals(zeros(3)));
    }

    [Fact]
    public void Changes_in_place_return_the_same_tensor()
    {
        var x = tensor(new[] { 1f, -2f });
        x.mul_(2).add_(tensor(new[] { 1f, 1f }), alpha: 3).abs_().sqrt_().neg_().clamp_(-2.2, 0);
        Assert.Equal([-2.2f, -1f], Floats(x));
        x.zero_();
        Assert.Equal([0f, 0f], Floats(x));
        x.copy_(tensor(new[] { 5L, 6L }));
        Assert.Equal([5f, 6f], Floats(x));
    }

    [Fact]
    public void Addcmul_and_addcdiv_fuse_two_operations()
    {
        var (x, y, z) = (tensor(new[] { 1f, 1f }), tensor(new[] { 2f, 4f }), tensor(new[] { 4f, 2f }));
        Assert.Equal([5f, 5f], Floats(x.addcmul(y, z, 0.5)));
        x.addcdiv_(y, z, 2);
        Assert.Equal([2f, 5f], Floats(x));
    }

    [Fact]
    public void Not_a_number_passes_through_clamp_relu_and_maximum()
    {
        var x = tensor(new[] { float.NaN, 2f });
        Assert.True(float.IsNaN(x.clamp(0, 1)[0].item<float>()));
        Assert.True(float.IsNaN(x.relu()[0].item<float>()));
        Assert.True(float.IsNaN(maximum(x, zeros(2))[0].item<float>()));
        Assert.True(float.IsNaN(x.max().item<float>()));
    }

    [Fact]
    public void Arithmetic_works_on_views_of_odd_lengths()
    {
        for (var length = 1; length < 70; length++)
        {
            var x = arange(80, ScalarType.Float32).narrow(0, 3, length);
            Assert.Equal(3.0 * length + length * (length - 1) / 2.0, x.sum().item<float>(), 1e-3);
            Assert.Equal(Enumerable.Range(3, length).Select(static v => 2f * v), Floats(x + x));
            Assert.Equal(Enumerable.Range(3, length).Select(static v => v - 0.5f), Floats(x - 0.5f));
        }
    }

    private static float[] Floats(Tensor x) => x.data<float>().ToArray();
}
