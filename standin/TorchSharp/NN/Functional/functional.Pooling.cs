using TorchSharp.Operators;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor max_pool2d(
                Tensor input, long[] kernelSize, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                input.Result(Ops.MaxPool(input.Value, Plan(input, kernelSize, strides, padding, dilation, ceil_mode)));

            public static Tensor max_pool2d(
                Tensor input, long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernelSize], List(stride ?? kernelSize), List(padding), List(dilation), ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, List(kernelSize)!, List(stride ?? kernelSize), List(padding), List(dilation), ceil_mode);

            /// <summary>Also returns the place of each maximum in its plane.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernelSize, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false)
            {
                var (values, positions) = Ops.MaxPoolWithPositions(input.Value, Plan(input, kernelSize, strides, padding, dilation, ceil_mode));
                return (input.Result(values), input.Result(positions));
            }

            public static Tensor avg_pool2d(
                Tensor input, long[] kernelSizes, long[]? strides = null, long[]? paddings = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                input.Result(Ops.AveragePool(input.Value, Plan(input, kernelSizes, strides, paddings, null, ceil_mode, count_include_pad)));

            public static Tensor avg_pool2d(
                Tensor input, long kernelSize, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true) =>
                avg_pool2d(input, [kernelSize], List(stride ?? kernelSize), [padding], ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                avg_pool2d(input, List(kernelSize)!, List(stride ?? kernelSize), List(padding), ceil_mode, count_include_pad);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size)
            {
                var size = ConvolutionPlan.Pair(output_size, 1);
                return input.Result(Ops.AdaptiveAveragePool(input.Value, size[0], size[1]));
            }

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, List(output_size)!);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size]);

            private static PoolingPlan Plan(
                Tensor input, long[] kernel, long[]? strides, long[]? padding, long[]? dilation, bool ceil, bool countPadding = true)
            {
                // Among arrays, no stride means 1; among numbers and pairs, it means the window's own size. So it is in TorchSharp.
                return PoolingPlan.Check(
                    input.Value, ConvolutionPlan.Pair(kernel, 1), ConvolutionPlan.Pair(strides, 1),
                    ConvolutionPlan.Pair(padding, 0), ConvolutionPlan.Pair(dilation, 1), ceil, countPadding);
            }

            private static long[]? List(long? value) => value is { } number ? [number] : null;

            private static long[]? List((long, long)? value) => value is { } pair ? [pair.Item1, pair.Item2] : null;
        }
    }
}
