using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>
/// Convolution and its two gradients. Each is linear in both of its operands, and the derivative of any of
/// the three is again one of the three, so differentiation may be repeated without end.
/// </summary>
internal static unsafe partial class Ops
{
    public static TensorValue Convolution(
        TensorValue x, TensorValue weight, TensorValue? bias, long[] stride, long[] padding, long[] dilation, long groups)
    {
        if (x.Rank == 3 && weight.Rank == 4)
        {
            using var batch = Unsqueeze(x, 0);
            using var result = Convolution(batch, weight, bias, stride, padding, dilation, groups);
            return Squeeze(result, 0);
        }

        return Convolution(x, weight, bias, ConvolutionPlan.Check(x, weight, bias, stride, padding, dilation, groups));
    }

    private static TensorValue Convolution(TensorValue x, TensorValue weight, TensorValue? bias, ConvolutionPlan plan)
    {
        var result = TensorValue.Allocate(plan.Output, x.Type);
        using (var input = x.Compact())
        using (var kernel = weight.Compact())
        using (var offset = bias?.Compact())
        {
            if (x.Type == ScalarType.Float32 && plan.IsPlain)
            {
                Kernels.Convolution.Forward(
                    plan.Kernel, input.Floats, kernel.Floats, offset is null ? null : offset.Floats, result.Floats);
            }
            else
            {
                result.Storage.Clear();
                TypedLoop.Run(x.Type, "conv2d", new PlainConvolution(plan, ConvolutionPass.Output, input, kernel, result));
                if (offset is not null)
                {
                    using var column = offset.Window([offset.Count, 1, 1], null, offset.Offset);
                    Arithmetic.AddInto(result, column);
                }
            }
        }

        if (GradMode.Records(x, weight, bias))
        {
            result.Record(new ConvolutionNode(x, weight, bias, plan));
        }

        return result;
    }

    private static TensorValue ConvolutionInputGradient(TensorValue gradient, TensorValue weight, ConvolutionPlan plan)
    {
        var result = TensorValue.Allocate(plan.Input, gradient.Type);
        using (var outer = gradient.Compact())
        using (var kernel = weight.Compact())
        {
            if (gradient.Type == ScalarType.Float32 && plan.IsPlain)
            {
                Kernels.Convolution.InputGradient(plan.Kernel, outer.Floats, kernel.Floats, result.Floats);
            }
            else
            {
                result.Storage.Clear();
                TypedLoop.Run(gradient.Type, "conv2d", new PlainConvolution(plan, ConvolutionPass.InputGradient, result, kernel, outer));
            }
        }

        if (GradMode.Records(gradient, weight))
        {
            result.Record(new ConvolutionInputGradientNode(gradient, weight, plan));
        }

        return result;
    }

    private static TensorValue ConvolutionWeightGradient(TensorValue gradient, TensorValue x, ConvolutionPlan plan)
    {
        var result = TensorValue.Allocate(plan.Weight, gradient.Type);
        using (var outer = gradient.Compact())
        using (var input = x.Compact())
        {
            if (gradient.Type == ScalarType.Float32 && plan.IsPlain)
            {
                Kernels.Convolution.WeightGradient(plan.Kernel, input.Floats, outer.Floats, result.Floats);
            }
            else
            {
                result.Storage.Clear();
                TypedLoop.Run(gradient.Type, "conv2d", new PlainConvolution(plan, ConvolutionPass.WeightGradient, input, result, outer));
            }
        }

        if (GradMode.Records(gradient, x))
        {
            result.Record(new ConvolutionWeightGradientNode(gradient, x, plan));
        }

        return result;
    }

    private sealed class ConvolutionNode : GraphNode
    {
        private readonly ConvolutionPlan _plan;
        private SavedValue _x;
        private SavedValue _weight;

        public ConvolutionNode(TensorValue x, TensorValue weight, TensorValue? bias, ConvolutionPlan plan)
            : base(x, weight, bias)
        {
            _plan = plan;
            _x = Needs(1) ? SavedValue.Input(x) : default;
            _weight = Needs(0) ? SavedValue.Input(weight) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var weight = _weight.Open(this);
                pass.Give(0, ConvolutionInputGradient(gradient, weight, _plan));
            }

            if (pass.Wants(1))
            {
                using var x = _x.Open(this);
                pass.Give(1, ConvolutionWeightGradient(gradient, x, _plan));
            }

            if (InputCount > 2 && pass.Wants(2))
            {
                pass.Give(2, Sum(gradient, [0, 2, 3], false));
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
        }
    }

    private sealed class ConvolutionInputGradientNode : GraphNode
    {
        private readonly ConvolutionPlan _plan;
        private SavedValue _gradient;
        private SavedValue _weight;

        public ConvolutionInputGradientNode(TensorValue gradient, TensorValue weight, ConvolutionPlan plan)
            : base(gradient, weight)
        {
            _plan = plan;
            _gradient = Needs(1) ? SavedValue.Input(gradient) : default;
            _weight = Needs(0) ? SavedValue.Input(weight) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var weight = _weight.Open(this);
                pass.Give(0, Convolution(gradient, weight, null, _plan));
            }

            if (pass.Wants(1))
            {
                using var outer = _gradient.Open(this);
                pass.Give(1, ConvolutionWeightGradient(outer, gradient, _plan));
            }
        }

        protected override void ReleaseSaved()
        {
            _gradient.Release();
            _weight.Release();
        }
    }

    private sealed class ConvolutionWeightGradientNode : GraphNode
    {
        private readonly ConvolutionPlan _plan;
        private SavedValue _gradient;
        private SavedValue _x;

        public ConvolutionWeightGradientNode(TensorValue gradient, TensorValue x, ConvolutionPlan plan)
            : base(gradient, x)
        {
            _plan = plan;
            _gradient = Needs(1) ? SavedValue.Input(gradient) : default;
            _x = Needs(0) ? SavedValue.Input(x) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var x = _x.Open(this);
                pass.Give(0, Convolution(x, gradient, null, _plan));
            }

            if (pass.Wants(1))
            {
                using var outer = _gradient.Open(this);
                pass.Give(1, ConvolutionInputGradient(outer, gradient, _plan));
            }
        }

        protected override void ReleaseSaved()
        {
            _gradient.Release();
            _x.Release();
        }
    }
}
