using TorchSharp.Tensors;

namespace TorchSharp.Operators;

/// <summary>Checked sizes of a two-dimensional pooling over the last two dimensions.</summary>
internal sealed record PoolingPlan(long[] Input, long[] Kernel, long[] Stride, long[] Padding, bool CountPadding = true)
{
    public long[] Output { get; } =
    [
        .. Input[..^2],
        ConvolutionPlan.OutputSize(Input[^2], Kernel[0], Stride[0], Padding[0], 1),
        ConvolutionPlan.OutputSize(Input[^1], Kernel[1], Stride[1], Padding[1], 1),
    ];

    public long Planes => Shapes.Count(Input.AsSpan(0, Input.Length - 2));

    public int Height => (int)Input[^2];

    public int Width => (int)Input[^1];

    public int InputPlane => Height * Width;

    public int OutputPlane => (int)(Output[^2] * Output[^1]);

    /// <summary>Windows of two by two next to each other, for which there is a faster kernel.</summary>
    public bool IsOfSquares => Kernel is [2, 2] && Stride is [2, 2] && Padding is [0, 0];

    public static PoolingPlan Check(
        TensorValue x, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceil, bool countPadding)
    {
        TorchError.Require(
            x.Rank is 3 or 4, $"pooling takes 3 or 4 dimensions, not the shape {Shapes.Text(x.Shape)}");
        TorchError.Require(kernel.All(static k => k > 0), "kernel size should be greater than zero");
        TorchError.Require(stride.All(static s => s > 0), "stride should not be zero");
        TorchError.Require(dilation.All(static d => d == 1), "pooling with dilation is not supported");
        TorchError.Require(!ceil, "pooling with ceil_mode is not supported");
        TorchError.Require(
            padding[0] >= 0 && padding[1] >= 0 && 2 * padding[0] <= kernel[0] && 2 * padding[1] <= kernel[1],
            $"a padding of {Shapes.Text(padding)} is more than half of the window {Shapes.Text(kernel)}");
        var plan = new PoolingPlan(x.Shape, kernel, stride, padding, countPadding);
        TorchError.Require(
            plan.Output[^2] > 0 && plan.Output[^1] > 0,
            $"a window of {Shapes.Text(kernel)} does not fit into {Shapes.Text(x.Shape)}");
        return plan;
    }
}
