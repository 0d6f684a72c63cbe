using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static unsafe partial class Ops
{
    /// <summary>The largest element of each window.</summary>
    public static TensorValue MaxPool(TensorValue x, PoolingPlan plan)
    {
        if (x.Type == ScalarType.Float32 && plan.IsOfSquares)
        {
            return MaxPoolOfSquares(x, plan);
        }

        var isWanted = x.Type != ScalarType.Float32 || GradMode.Records(x);
        var positions = isWanted ? TensorValue.Allocate(plan.Output, ScalarType.Int64) : null;
        var values = MaxPool(x, plan, positions);
        positions?.Release();
        return values;
    }

    /// <summary>The largest element of each window and its place in its plane; the places belong to the caller too.</summary>
    public static (TensorValue Values, TensorValue Positions) MaxPoolWithPositions(TensorValue x, PoolingPlan plan)
    {
        var positions = TensorValue.Allocate(plan.Output, ScalarType.Int64);
        return (MaxPool(x, plan, positions), positions);
    }

    private static TensorValue MaxPool(TensorValue x, PoolingPlan plan, TensorValue? positions)
    {
        var values = TensorValue.Allocate(plan.Output, x.Type);
        using (var input = x.Compact())
        {
            if (x.Type == ScalarType.Float32)
            {
                Kernels.Pooling.MaxForward(
                    plan.Planes, plan.Height, plan.Width, (int)plan.Kernel[0], (int)plan.Kernel[1],
                    (int)plan.Stride[0], (int)plan.Stride[1], (int)plan.Padding[0], (int)plan.Padding[1],
                    input.Floats, values.Floats, positions is null ? null : positions.Pointer<long>());
            }
            else
            {
                TypedLoop.Run(x.Type, "max_pool2d", new PlainPooling(plan, input, values, positions, false));
            }
        }

        if (positions is not null && GradMode.Records(x))
        {
            values.Record(new MaxPoolNode(x, positions, plan, false));
        }

        return values;
    }

    public static TensorValue AveragePool(TensorValue x, PoolingPlan plan)
    {
        var result = TensorValue.Allocate(plan.Output, x.Type);
        using (var input = x.Compact())
        {
            if (x.Type == ScalarType.Float32)
            {
                Kernels.Pooling.AverageForward(
                    plan.Planes, plan.Height, plan.Width, (int)plan.Kernel[0], (int)plan.Kernel[1],
                    (int)plan.Stride[0], (int)plan.Stride[1], (int)plan.Padding[0], (int)plan.Padding[1],
                    input.Floats, result.Floats, plan.CountPadding);
            }
            else
            {
                TypedLoop.Run(x.Type, "avg_pool2d", new PlainPooling(plan, input, result, null, false));
            }
        }

        if (GradMode.Records(x))
        {
            result.Record(new AveragePoolNode(x, plan, false));
        }

        return result;
    }

    /// <summary>Means over windows that divide each plane into a given number of rows and columns.</summary>
    public static TensorValue AdaptiveAveragePool(TensorValue x, long rows, long columns)
    {
        TorchError.Require(
            x.Rank is 3 or 4, $"pooling takes 3 or 4 dimensions, not the shape {Shapes.Text(x.Shape)}");
        TorchError.Require(rows > 0 && columns > 0, "pooling needs a positive output size");
        if (rows == 1 && columns == 1)
        {
            return Mean(x, [-2, -1], true);
        }

        TorchError.Require(
            x.Shape[^2] % rows == 0 && x.Shape[^1] % columns == 0,
            $"adaptive_avg_pool2d() into windows of unequal size is not supported ({Shapes.Text(x.Shape)} to {rows}x{columns})");
        long[] kernel = [x.Shape[^2] / rows, x.Shape[^1] / columns];
        return AveragePool(x, PoolingPlan.Check(x, kernel, kernel, [0, 0], [1, 1], false, true));
    }

    // The transposed operations: a gradient goes to where the maximum came from, or is spread over its window.
    private static TensorValue MaxPoolBackward(TensorValue gradient, TensorValue positions, PoolingPlan plan)
    {
        var result = TensorValue.Allocate(plan.Input, gradient.Type);
        using (var outer = gradient.Compact())
        {
            if (gradient.Type == ScalarType.Float32)
            {
                Kernels.Pooling.MaxBackward(
                    plan.Planes, plan.InputPlane, plan.OutputPlane, outer.Floats, positions.Pointer<long>(), result.Floats);
            }
            else
            {
                result.Storage.Clear();
                using var planes = result.Window([plan.Planes, plan.InputPlane], null, result.Offset);
                using var values = outer.Window([plan.Planes, plan.OutputPlane], null, outer.Offset);
                using var index = positions.Window([plan.Planes, plan.OutputPlane], null, positions.Offset);
                Placing.Scatter(planes, 1, index, values, true);
            }
        }

        if (GradMode.Records(gradient))
        {
            result.Record(new MaxPoolNode(gradient, positions, plan, true));
        }

        return result;
    }

    private static TensorValue MaxPoolGather(TensorValue x, TensorValue positions, PoolingPlan plan)
    {
        TensorValue result;
        using (var input = x.Compact())
        {
            if (x.Type == ScalarType.Float32)
            {
                result = TensorValue.Allocate(plan.Output);
                Kernels.Pooling.MaxGather(
                    plan.Planes, plan.InputPlane, plan.OutputPlane, input.Floats, positions.Pointer<long>(), result.Floats);
            }
            else
            {
                using var planes = input.Window([plan.Planes, plan.InputPlane], null, input.Offset);
                using var index = positions.Window([plan.Planes, plan.OutputPlane], null, positions.Offset);
                using var gathered = Placing.Gather(planes, 1, index);
                result = gathered.Window(plan.Output, null, gathered.Offset);
            }
        }

        if (GradMode.Records(x))
        {
            result.Record(new MaxPoolNode(x, positions, plan, false));
        }

        return result;
    }

    private static TensorValue AveragePoolBackward(TensorValue gradient, PoolingPlan plan)
    {
        var result = TensorValue.Allocate(plan.Input, gradient.Type);
        using (var outer = gradient.Compact())
        {
            if (gradient.Type == ScalarType.Float32)
            {
                Kernels.Pooling.AverageBackward(
                    plan.Planes, plan.Height, plan.Width, (int)plan.Kernel[0], (int)plan.Kernel[1],
                    (int)plan.Stride[0], (int)plan.Stride[1], (int)plan.Padding[0], (int)plan.Padding[1],
                    outer.Floats, result.Floats, plan.CountPadding);
            }
            else
            {
                result.Storage.Clear();
                TypedLoop.Run(gradient.Type, "avg_pool2d", new PlainPooling(plan, result, outer, null, true));
            }
        }

        if (GradMode.Records(gradient))
        {
            result.Record(new AveragePoolNode(gradient, plan, true));
        }

        return result;
    }

    private sealed class MaxPoolNode(TensorValue x, TensorValue positions, PoolingPlan plan, bool isBackward) : GraphNode(x)
    {
        private SavedValue _positions = SavedValue.Input(positions);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var positions = _positions.Open(this);
            pass.Give(0, isBackward ? MaxPoolGather(gradient, positions, plan) : MaxPoolBackward(gradient, positions, plan));
        }

        protected override void ReleaseSaved() => _positions.Release();
    }

    private sealed class AveragePoolNode(TensorValue x, PoolingPlan plan, bool isBackward) : GraphNode(x)
    {
        public override void Backward(TensorValue gradient, BackwardPass pass) =>
            pass.Give(0, isBackward ? AveragePool(gradient, plan) : AveragePoolBackward(gradient, plan));
    }
}
