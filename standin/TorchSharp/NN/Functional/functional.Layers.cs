using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                input.Result(Ops.Linear(input.Value, weights.Value, bias?.Value), weights, bias);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                input.Result(
                    Ops.Convolution(
                        input.Value, weight.Value, bias?.Value,
                        ConvolutionPlan.Pair(strides, 1), ConvolutionPlan.Pair(padding, 0), ConvolutionPlan.Pair(dilation, 1), groups),
                    (weight, bias));

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                input.Result(Ops.GroupNorm(input.Value, num_groups, weight?.Value, bias?.Value, eps), weight, bias);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor Sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x) => x.tanh();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                TorchError.Require(p is >= 0 and <= 1, $"dropout probability has to be between 0 and 1, but got {p}");
                if (!training || p == 0)
                {
                    return input.alias();
                }

                using var draws = rand_like(input);
                using var kept = Comparing.Compare(ComparisonOperation.GreaterOrEqual, draws.Value, p);
                using var mask = Copying.Cast(kept, input.dtype);
                using var scaled = Arithmetic.Binary(BinaryOperation.Multiply, mask, p < 1 ? 1 / (1 - p) : 0.0);
                var result = input.Result(Ops.Mul(input.Value, scaled));
                if (!inplace)
                {
                    return result;
                }

                using (result)
                {
                    return input.copy_(result);
                }
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                TorchError.Require(x.dtype == ScalarType.Int64, "one_hot is only applicable to index tensor.");
                using var largest = x.max();
                var classes = num_classes < 0 ? largest.ToInt64() + 1 : num_classes;
                TorchError.Require(largest.ToInt64() < classes, "Class values must be smaller than num_classes.");
                using var smallest = x.min();
                TorchError.Require(smallest.ToInt64() >= 0, "Class values must be non-negative.");
                using var zeros = TensorValue.Zeros([.. x.Value.Shape, classes], ScalarType.Int64);
                using var index = Ops.Unsqueeze(x.Value, -1);
                using var ones = Filling.Ones(index.Shape, ScalarType.Int64);
                return x.Result(Ops.Scatter(zeros, -1, index, ones, false));
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8)
            {
                using var products = Ops.Mul(x1.Value, x2.Value);
                using var dot = Ops.Sum(products, [dim], false);
                using var norm1 = Ops.Norm(x1.Value, 2, [dim], false);
                using var norm2 = Ops.Norm(x2.Value, 2, [dim], false);
                using var safe1 = Ops.Clamp(norm1, eps, null);
                using var safe2 = Ops.Clamp(norm2, eps, null);
                using var size = Ops.Mul(safe1, safe2);
                return x1.Result(Ops.Div(dot, size), x2);
            }
        }
    }
}
