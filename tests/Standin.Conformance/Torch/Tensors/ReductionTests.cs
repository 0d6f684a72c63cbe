using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Tensors;

public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Tensor _x = tensor(new float[,] { { 1, 5, 3 }, { 4, 2, 6 } });

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Sums_and_means_fold_dimensions()
    {
        Assert.Equal(21f, _x.sum().item<float>());
        Assert.Equal([5f, 7f, 9f], Floats(_x.sum(0L)));
        Assert.Equal([2L, 1L], _x.sum(1, keepdim: true).shape);
        Assert.Equal([3f, 4f], Floats(_x.mean([1L])));
        Assert.Equal(3.5f, _x.mean().item<float>());
        Assert.Equal(ScalarType.Int64, tensor(new[] { true, true }).sum().dtype);
    }

    [Fact]
    public void Sums_over_any_set_of_dimensions_agree_with_sums_one_by_one()
    {
        var x = arange(120, ScalarType.Float32).view(2, 3, 4, 5);
        Assert.Equal(Floats(x.sum(3).sum(2).sum(0L)), Floats(x.sum([0L, 2L, 3L])));
        Assert.Equal(Floats(x.sum(2).sum(0L)), Floats(x.sum([0L, 2L])));
        Assert.Equal(Floats(x.permute(3, 1, 0, 2).contiguous().sum([0L, 2L])), Floats(x.permute(3, 1, 0, 2).sum([0L, 2L])));
    }

    [Fact]
    public void Extremes_come_with_their_positions()
    {
        var (values, positions) = _x.max(1);
        Assert.Equal([5f, 6f], Floats(values));
        Assert.Equal([1L, 2L], positions.data<long>().ToArray());
        Assert.Equal([1L, 2L], _x.argmax(1).data<long>().ToArray());
        Assert.Equal(5L, _x.argmax().item<long>());
        Assert.Equal([1f, 2f], Floats(_x.min(1).values));
        Assert.Equal(0L, _x.argmin().item<long>());
    }

    [Fact]
    public void Sorting_and_topk_order_elements()
    {
        var (values, positions) = _x.topk(2);
        Assert.Equal([5f, 3f, 6f, 4f], Floats(values));
        Assert.Equal([1L, 2L, 2L, 0L], positions.data<long>().ToArray());
        Assert.Equal([1f, 3f, 5f, 2f, 4f, 6f], Floats(_x.sort(1).Values));
    }

    [Fact]
    public void Norms_and_deviations_are_those_of_the_textbook()
    {
        var x = tensor(new[] { 3f, -4f });
        Assert.Equal(5f, x.norm().item<float>());
        Assert.Equal(7f, x.norm(1f).item<float>());
        Assert.Equal(24.5f, x.var().item<float>(), 1e-4f);
        Assert.Equal(3.5f, x.std(unbiased: false).item<float>(), 1e-5f);
    }

    [Fact]
    public void A_reduced_number_has_memory_of_its_own()
    {
        var x = tensor(2f);
        x.sum().add_(1);
        Assert.Equal(2f, x.item<float>());
    }

    [Fact]
    public void Gather_and_scatter_follow_their_index()
    {
        var index = tensor(new long[,] { { 0, 2 }, { 1, 1 } });
        Assert.Equal([1f, 3f, 2f, 2f], Floats(_x.gather(1, index)));
        Assert.Equal([1f, 0f, 1f, 0f, 2f, 0f], Floats(zeros(2, 3).scatter_add(1, index, ones(2, 2))));
        Assert.Equal([4f, 2f, 6f, 1f, 5f, 3f], Floats(_x.index_select(0, tensor(new[] { 1L, 0L }))));
    }

    [Fact]
    public void One_hot_marks_classes() =>
        Assert.Equal([0L, 1L, 0L, 1L, 0L, 0L], functional.one_hot(tensor(new[] { 1L, 0L }), 3).data<long>().ToArray());

    [Fact]
    public void Products_of_larger_matrices_agree_with_the_definition()
    {
        using var generator = new Generator(3);
        foreach (var (m, k, n) in new[] { (1, 1, 1), (3, 70, 5), (37, 41, 43), (64, 128, 96), (130, 33, 10) })
        {
            var (a, b) = (randn(m, k, generator: generator), randn(k, n, generator: generator));
            var expected = a.to_type(ScalarType.Float64).mm(b.to_type(ScalarType.Float64));
            foreach (var product in new[] { a.mm(b), a.t().contiguous().t().mm(b), a.mm(b.t().contiguous().t()), b.t().mm(a.t()).t() })
            {
                var error = (product.to_type(ScalarType.Float64) - expected).norm() / expected.norm();
                Assert.True(error.item<double>() < 1e-6, $"{m}x{k}x{n}");
            }
        }
    }

    private static float[] Floats(Tensor x) => x.data<float>().ToArray();
}
