using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Support;

/// <summary>Every differentiable operation that the project's networks, losses and objectives rest on.</summary>
public static class DifferentiableFunctions
{
    private static readonly Differentiable[] All =
    [
        new("add", x => x[0] + x[1], [[3, 4], [3, 4]]),
        new("add broadcast", x => x[0] + x[1], [[3, 4], [4]]),
        new("add scaled", x => x[0].add(x[1], alpha: -0.5), [[3, 4], [3, 4]]),
        new("subtract column", x => x[0] - x[1], [[3, 4], [3, 1]]),
        new("multiply", x => x[0] * x[1], [[3, 4], [3, 4]]),
        new("multiply channels", x => x[0] * x[1], [[2, 3, 2, 2], [1, 3, 1, 1]]),
        new("divide", x => x[0] / x[1], [[3, 4], [4]]),
        new("number minus tensor", x => 1.5 - x[0], [[5]]),
        new("number over tensor", x => 1.5 / x[0], [[5]]),
        new("negative", x => -x[0], [[5]]),
        new("square", x => x[0].square(), [[5]]),
        new("power", x => x[0].pow(3), [[5]]),
        new("square root", x => x[0].sqrt(), [[5]], true),
        new("inverse square root", x => x[0].rsqrt(), [[5]], true),
        new("reciprocal", x => x[0].reciprocal(), [[5]]),
        new("exponential", x => x[0].exp(), [[5]]),
        new("logarithm", x => x[0].log(), [[5]], true),
        new("hyperbolic tangent", x => x[0].tanh(), [[5]]),
        new("sigmoid", x => x[0].sigmoid(), [[5]]),
        new("absolute value", x => x[0].abs(), [[7]]),
        new("relu", x => x[0].relu(), [[3, 5]]),
        new("relu in place", x => (x[0] * x[1]).relu_() * x[1], [[3, 5], [5]]),
        new("hyperbolic tangent in place", x => (x[0] * x[1]).tanh_() * x[1], [[3, 5], [5]]),
        new("absolute value in place", x => (x[0] * x[1]).abs_() * x[1], [[3, 5], [5]]),
        new("add in place", x => (x[0] * x[1]).add_(x[1]).square(), [[3, 4], [4]]),
        new("add scaled in place", x => (x[0] * x[1]).add_(x[0], -0.5).square(), [[3, 4], [3, 4]]),
        new("add itself in place", x => AddToItself(x[0] * x[1]).square(), [[3, 4], [3, 4]]),
        new("add to a part in place", x => AddToPart(x[0] * x[1], x[1]).square(), [[3, 4], [4]]),
        new("clamp", x => x[0].clamp(-1, 1), [[3, 5]]),
        new("maximum", x => maximum(x[0], x[1]), [[3, 4], [4]]),
        new("minimum", x => minimum(x[0], x[1]), [[3, 4], [3, 4]]),
        new("where", x => where(x[0].gt(x[1]), x[0], x[1] * x[0]), [[3, 4], [3, 4]]),
        new("sum", x => x[0].sum(), [[3, 4]]),
        new("sum over a dimension", x => x[0].sum(1, keepdim: true) * x[0], [[3, 4]]),
        new("sum over several dimensions", x => x[0].sum([0L, 2L, 3L]), [[2, 3, 2, 2]]),
        new("mean", x => x[0].mean(), [[3, 4]]),
        new("mean over dimensions", x => x[0].mean([2L, 3L]), [[2, 3, 2, 2]]),
        new("variance", x => x[0].var([1L]), [[3, 4]]),
        new("norm", x => x[0].norm(), [[3, 4]]),
        new("largest", x => x[0].max(1).values, [[3, 4]]),
        new("largest of all", x => x[0].max(), [[3, 4]]),
        new("logarithm of a sum of powers", x => x[0].logsumexp(1), [[3, 4]]),
        new("matrix product", x => x[0].mm(x[1]), [[3, 4], [4, 2]]),
        new("product with a transposed matrix", x => x[0].matmul(x[1].t()), [[3, 4], [2, 4]]),
        new("batched matrix product", x => x[0].bmm(x[1]), [[2, 3, 4], [2, 4, 2]]),
        new("matrix times vector", x => x[0].mv(x[1]), [[3, 4], [4]]),
        new("dot product", x => x[0].dot(x[1]), [[4], [4]]),
        new("linear", x => functional.linear(x[0], x[1], x[2]), [[3, 4], [2, 4], [2]]),
        new("convolution", x => functional.conv2d(x[0], x[1], x[2]), [[2, 2, 6, 6], [3, 2, 3, 3], [3]]),
        new("padded convolution", x => functional.conv2d(x[0], x[1], x[2], padding: [2L, 2L]), [[2, 1, 6, 6], [2, 1, 5, 5], [2]]),
        new("strided convolution", x => functional.conv2d(x[0], x[1], strides: [2L, 2L], padding: [1L, 1L]), [[2, 2, 6, 6], [3, 2, 3, 3]]),
        new("strided pointwise convolution", x => functional.conv2d(x[0], x[1], strides: [2L, 2L]), [[2, 2, 6, 6], [3, 2, 1, 1]]),
        new("convolution with a kernel of one pixel row", x => functional.conv2d(x[0], x[1]), [[1, 2, 5, 4], [2, 2, 1, 3]]),
        new("max pooling", x => functional.max_pool2d(x[0], 2), [[2, 2, 6, 6]]),
        new("overlapping max pooling", x => functional.max_pool2d(x[0], 3, 2, 1), [[1, 2, 7, 7]]),
        new("average pooling", x => functional.avg_pool2d(x[0], 2), [[2, 2, 6, 6]]),
        new("global average", x => functional.adaptive_avg_pool2d(x[0], 1), [[2, 3, 4, 4]]),
        new("group norm", x => functional.group_norm(x[0], 2, x[1], x[2]), [[2, 4, 3, 3], [4], [4]]),
        new("group norm without parameters", x => functional.group_norm(x[0], 2), [[2, 4, 3, 3]]),
        new("softmax", x => x[0].softmax(1), [[3, 5]]),
        new("softmax over rows", x => x[0].softmax(0), [[3, 5]]),
        new("log-softmax", x => x[0].log_softmax(-1), [[3, 5]]),
        new("cross-entropy with classes", x => functional.cross_entropy(x[0], tensor([1L, 0L, 4L])), [[3, 5]]),
        new("cross-entropy with probabilities", x => functional.cross_entropy(x[0], x[1].softmax(1)), [[3, 5], [3, 5]]),
        new("smoothed cross-entropy", x => functional.cross_entropy(x[0], tensor([1L, 0L, 4L]), label_smoothing: 0.1), [[3, 5]]),
        new("mean squared error", x => functional.mse_loss(x[0], x[1]), [[3, 5], [3, 5]]),
        new("absolute error", x => functional.l1_loss(x[0], x[1]), [[3, 5], [3, 5]]),
        new("cosine similarity", x => functional.cosine_similarity(x[0], x[1], 0), [[6], [6]]),
        new("view", x => x[0].view(2, 6) * x[1], [[3, 4], [2, 6]]),
        new("reshape of a transposed matrix", x => x[0].t().reshape(2, 6), [[3, 4]]),
        new("permute", x => x[0].permute(2, 0, 1) * x[1], [[2, 3, 4], [4, 2, 3]]),
        new("expand", x => x[0].expand(3, 4) * x[1], [[3, 1], [3, 4]]),
        new("narrow", x => x[0].narrow(1, 1, 2), [[3, 4]]),
        new("select", x => x[0].select(0, 1) * x[0][2], [[3, 4]]),
        new("slice with a step", x => x[0].slice(0, 0, 5, 2), [[5, 2]]),
        new("split", x => x[0].split(2, 1)[0] * x[0].split(2, 1)[1], [[3, 4]]),
        new("squeeze and unsqueeze", x => x[0].unsqueeze(1).squeeze(0), [[1, 4]]),
        new("concatenate", x => cat([x[0], x[1]], 1), [[3, 2], [3, 4]]),
        new("stack", x => stack([x[0], x[1]]), [[3, 2], [3, 2]]),
        new("gather", x => x[0].gather(1, tensor([0L, 3L, 3L, 1L, 2L, 2L], [3L, 2L])), [[3, 4]]),
        new("scatter add", x => x[0].scatter_add(0, tensor([0L, 2L, 2L, 1L], [1L, 4L]), x[1]), [[3, 4], [1, 4]]),
        new("select by index", x => x[0].index_select(0, tensor([2L, 0L, 2L])), [[3, 4]]),
        new("add by index", x => x[0].index_add(0, tensor([2L, 2L]), x[1], 0.5), [[3, 4], [2, 4]]),
        new("masked fill", x => x[0].masked_fill(tensor([true, false, true, false]), 0), [[3, 4]]),
        new("conversion to float64", x => x[0].to_type(ScalarType.Float64).to_type(x[1].dtype) * x[1], [[4], [4]]),
        new("change in place", x => { var y = x[0] * 2; y.mul_(x[1]).add_(x[0]); return y; }, [[4], [4]]),
        new("change in place through a view", x => { var y = x[0] * 2; y.narrow(0, 1, 2).mul_(x[1]); return y; }, [[4], [2]]),
        new("filling a tensor piece by piece", x => { var y = zeros_like(x[0]); y.narrow(0, 0, 2).copy_(x[1]); return y * x[0]; }, [[4], [2]]),
    ];

    public static TheoryData<string> Names { get; } = new(All.Select(static function => function.Name));

    public static Differentiable Named(string name) => All.Single(function => function.Name == name);

    private static Tensor AddToItself(Tensor x) => x.add_(x);

    private static Tensor AddToPart(Tensor x, Tensor y)
    {
        x[1].add_(y);
        return x;
    }
}
