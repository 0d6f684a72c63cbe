using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <content>Max pooling of float32 over windows of two by two, whose graph keeps a byte for each window; see <see cref="SquarePooling"/>.</content>
internal static unsafe partial class Ops
{
    private static TensorValue MaxPoolOfSquares(TensorValue x, PoolingPlan plan)
    {
        var values = TensorValue.Allocate(plan.Output);
        using var input = x.Compact();
        if (!GradMode.Records(x))
        {
            SquarePooling.Maximum(plan.Planes, plan.Height, plan.Width, input.Floats, values.Floats, null);
            return values;
        }

        using var codes = TensorValue.Allocate([SquarePooling.CodeBytes(plan.Planes, plan.Height, plan.Width)], ScalarType.Byte);
        SquarePooling.Maximum(plan.Planes, plan.Height, plan.Width, input.Floats, values.Floats, codes.Pointer<byte>());
        values.Record(new SquarePoolNode(x, codes, plan, false));
        return values;
    }

    private static TensorValue SquarePoolBackward(TensorValue gradient, TensorValue codes, PoolingPlan plan)
    {
        var result = TensorValue.Allocate(plan.Input);
        using (var outer = gradient.Compact())
        {
            SquarePooling.Gradient(plan.Planes, plan.Height, plan.Width, outer.Floats, codes.Pointer<byte>(), result.Floats);
        }

        if (GradMode.Records(gradient))
        {
            result.Record(new SquarePoolNode(gradient, codes, plan, true));
        }

        return result;
    }

    private static TensorValue SquarePoolGather(TensorValue x, TensorValue codes, PoolingPlan plan)
    {
        var result = TensorValue.Allocate(plan.Output);
        using (var input = x.Compact())
        {
            SquarePooling.Gather(plan.Planes, plan.Height, plan.Width, input.Floats, codes.Pointer<byte>(), result.Floats);
        }

        if (GradMode.Records(x))
        {
            result.Record(new SquarePoolNode(x, codes, plan, false));
        }

        return result;
    }

    private sealed class SquarePoolNode(TensorValue x, TensorValue codes, PoolingPlan plan, bool isBackward) : GraphNode(x)
    {
        private SavedValue _codes = SavedValue.Input(codes);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var codes = _codes.Open(this);
            pass.Give(0, isBackward ? SquarePoolGather(gradient, codes, plan) : SquarePoolBackward(gradient, codes, plan));
        }

        protected override void ReleaseSaved() => _codes.Release();
    }
}
