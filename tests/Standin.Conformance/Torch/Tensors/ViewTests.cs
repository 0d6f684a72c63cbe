using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Tensors;

public sealed class ViewTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_view_shares_memory()
    {
        var x = arange(6, ScalarType.Float32);
        x.view(2, 3)[1].fill_(9);
        Assert.Equal([0f, 1f, 2f, 9f, 9f, 9f], Floats(x));
    }

    [Fact]
    public void A_transposed_matrix_is_a_view_until_it_is_made_contiguous()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);
        var turned = x.t();
        Assert.False(turned.is_contiguous());
        Assert.Equal([1L, 3L], turned.stride());
        var copy = turned.contiguous();
        Assert.True(copy.is_contiguous());
        copy.zero_();
        Assert.Equal(15f, x.sum().item<float>());
    }

    [Fact]
    public void Reshape_copies_only_where_it_must()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);
        x.reshape(3, 2).add_(10);
        Assert.Equal(10f, x[0, 0].item<float>());
        x.t().reshape(6).zero_();
        Assert.Equal(10f, x[0, 0].item<float>());
        Assert.Equal([10f, 13f, 11f, 14f, 12f, 15f], Floats(x.t().reshape(-1)));
    }

    [Fact]
    public void Flatten_joins_dimensions()
    {
        var x = zeros(2, 3, 4);
        Assert.Equal([24L], x.flatten().shape);
        Assert.Equal([2L, 12L], x.flatten(1).shape);
        Assert.Equal([6L, 4L], x.flatten(0, 1).shape);
    }

    [Fact]
    public void Squeeze_and_unsqueeze_remove_and_add_dimensions_of_one()
    {
        Assert.Equal([2L, 3L], zeros(1, 2, 1, 3).squeeze().shape);
        Assert.Equal([2L, 1L, 3L], zeros(1, 2, 1, 3).squeeze(0).shape);
        Assert.Equal([2L, 1L], zeros(2).unsqueeze(-1).shape);
    }

    [Fact]
    public void Permute_reorders_dimensions()
    {
        var x = arange(6, ScalarType.Float32).view(1, 2, 3).permute(2, 0, 1);
        Assert.Equal([3L, 1L, 2L], x.shape);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], Floats(x.contiguous()));
    }

    [Fact]
    public void Narrow_select_and_slice_cut_out_parts()
    {
        var x = arange(12, ScalarType.Float32).view(3, 4);
        Assert.Equal([5f, 6f, 9f, 10f], Floats(x.narrow(0, 1, 2).narrow(1, 1, 2)));
        Assert.Equal([2f, 6f, 10f], Floats(x.select(1, 2)));
        Assert.Equal([0f, 2f, 8f, 10f], Floats(x.slice(0, 0, 3, 2).slice(1, 0, 4, 2)));
        Assert.Equal([8f, 9f, 10f, 11f], Floats(x[-1]));
    }

    [Fact]
    public void Split_and_chunk_cut_into_pieces()
    {
        var x = arange(5);
        Assert.Equal([2L, 2L, 1L], x.split(2).Select(static part => part.numel()));
        Assert.Equal([1L, 4L], x.split([1L, 4L]).Select(static part => part.numel()));
        Assert.Equal([3L, 2L], x.chunk(2).Select(static part => part.numel()));
        Assert.Equal(5, x.unbind().Length);
    }

    [Fact]
    public void Expand_repeats_without_copying()
    {
        var x = tensor(new[] { 1f, 2f }).unsqueeze(1).expand(2, 3);
        Assert.Equal([1f, 1f, 1f, 2f, 2f, 2f], Floats(x.contiguous()));
        Assert.Equal(0, x.stride(1));
        Assert.Equal([2L, 3L], x.broadcast_to(2, 3).shape);
    }

    [Fact]
    public void Index_expressions_work_as_in_python()
    {
        var x = arange(12, ScalarType.Float32).view(3, 4);
        Assert.Equal([4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f], Floats(x[TensorIndex.Slice(1)].contiguous()));
        Assert.Equal([1f, 5f, 9f], Floats(x[TensorIndex.Colon, 1]));
        Assert.Equal([3f, 7f, 11f], Floats(x[TensorIndex.Ellipsis, -1]));
        Assert.Equal([1L, 3L, 4L], x[TensorIndex.None].shape);
        Assert.Equal([8f, 9f, 10f, 11f, 0f, 1f, 2f, 3f], Floats(x[tensor(new[] { 2L, 0L })]));
        Assert.Equal([9f, 10f, 11f], Floats(x[x.gt(8)]));
    }

    [Fact]
    public void Index_expressions_can_be_assigned_to()
    {
        var x = zeros(2, 3);
        x[0, 1] = tensor(5f);
        x[TensorIndex.Ellipsis, 2] = tensor(new[] { 7f, 8f });
        Assert.Equal([0f, 5f, 7f, 0f, 0f, 8f], Floats(x));
    }

    [Fact]
    public void Cat_and_stack_join()
    {
        var (x, y) = (tensor(new[] { 1f, 2f }), tensor(new[] { 3f, 4f }));
        Assert.Equal([1f, 2f, 3f, 4f], Floats(cat([x, y])));
        Assert.Equal([1f, 3f, 2f, 4f], Floats(stack([x, y], 1)));
    }

    private static float[] Floats(Tensor x) => x.data<float>().ToArray();
}
