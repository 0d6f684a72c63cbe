using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Differentiation;

/// <summary>What TorchSharp refuses, and with which exception. (Errors inside <c>autograd.grad</c> end the process in 0.99.6.)</summary>
public sealed class RejectedOperationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string, Action> Refused => new()
    {
        { "shapes that do not broadcast", static () => ones(2, 3).add(ones(4)) },
        { "a product of matrices that do not fit", static () => ones(2, 3).mm(ones(2, 3)) },
        { "a product of different types", static () => ones(2, 3).mm(ones(3, 2, ScalarType.Float64)) },
        { "a view of another size", static () => ones(2, 3).view(4, 2) },
        { "a view across memory that is not contiguous", static () => ones(2, 3).t().view(6) },
        { "two inferred sizes", static () => ones(2, 3).view(-1, -1) },
        { "a dimension out of range", static () => ones(2, 3).sum(2) },
        { "a narrow beyond the end", static () => ones(4).narrow(0, 2, 3) },
        { "an index beyond the end", static () => _ = ones(4)[4] },
        { "an expansion of a dimension that is not one", static () => ones(2, 3).expand(2, 4) },
        { "a permutation that names a dimension twice", static () => ones(2, 3).permute(0, 0) },
        { "tensors of different shapes in a stack", static () => stack([ones(2), ones(3)]) },
        { "tensors of different shapes in a concatenation", static () => cat([ones(2, 2), ones(2, 3)]) },
        { "a gather beyond the end", static () => ones(2, 2).gather(1, tensor([2L, 0L], [2L, 1L])) },
        { "an index that is not of integers", static () => ones(2, 2).index_select(0, ones(1)) },
        { "a mean of integers", static () => ones(2, ScalarType.Int64).mean() },
        { "a softmax of integers", static () => ones(2, ScalarType.Int64).softmax(0) },
        { "integers that require gradients", static () => ones(2, ScalarType.Int64).requires_grad_() },
        { "a float result in an integer tensor", static () => ones(2, ScalarType.Int64).add_(ones(2)) },
        { "a broadcast that would grow the target", static () => ones(2).add_(ones(3, 2)) },
        { "a convolution with the wrong channels", static () => functional.conv2d(ones(1, 2, 5, 5), ones(3, 1, 3, 3)) },
        { "a convolution with a kernel that is too large", static () => functional.conv2d(ones(1, 1, 2, 2), ones(1, 1, 3, 3)) },
        { "a convolution of different types", static () => functional.conv2d(ones(1, 1, 5, 5), ones(1, 1, 3, 3, ScalarType.Float64)) },
        { "a pooling window of nothing", static () => functional.max_pool2d(ones(1, 1, 2, 2), 3) },
        { "a linear layer that does not fit", static () => functional.linear(ones(2, 3), ones(4, 2)) },
        { "groups that do not divide the channels", static () => functional.group_norm(ones(1, 3, 2, 2), 2) },
        { "a class out of range", static () => functional.cross_entropy(ones(1, 3), tensor([3L])) },
        { "targets of another number", static () => functional.cross_entropy(ones(2, 3), tensor([0L])) },
        { "a leaf changed in place", static () => ones(2, requires_grad: true).add_(1) },
        { "a leaf changed in place through a view", static () => ones(2, requires_grad: true).narrow(0, 0, 1).fill_(1) },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Torch_refuses(string what, Action operation)
    {
        Assert.NotEmpty(what);
        Assert.Throws<ExternalException>(operation);
    }

    [Fact]
    public void A_disposed_tensor_cannot_be_used()
    {
        var x = ones(2);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x.sum());
        Assert.Throws<InvalidOperationException>(() => ones(2).add(x));
    }

    [Fact]
    public void A_disposed_tensor_can_be_disposed_again()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
    }

    [Fact]
    public void Elements_are_read_as_what_they_are()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<long>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(1).item<double>());
    }

    [Fact]
    public void An_array_must_have_as_many_elements_as_the_shape() =>
        Assert.Throws<ArgumentException>(() => tensor([1f, 2f, 3f], [2L, 2L]));

    [Fact]
    public void Bytes_are_those_of_contiguous_tensors() =>
        Assert.Throws<NotImplementedException>(() => ones(2, 3).t().bytes.Length);
}
