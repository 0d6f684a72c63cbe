using TorchSharp.Kernels;
using TorchSharp.Operators;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of the samples.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                input.Result(
                    Ops.CrossEntropy(input.Value, target.Value, weight?.Value, ignore_index, reduction, label_smoothing), target, weight);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                input.Result(Ops.NegativeLikelihood(input.Value, target.Value, weight?.Value, -100, reduction), target, weight);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                using var difference = Ops.Sub(input.Value, target.Value);
                using var losses = Ops.Unary(UnaryOperation.Square, difference);
                return input.Result(Ops.Reduced(losses, reduction), target);
            }

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                using var difference = Ops.Sub(input.Value, target.Value);
                using var losses = Ops.Unary(UnaryOperation.Absolute, difference);
                return input.Result(Ops.Reduced(losses, reduction), target);
            }
        }
    }
}
