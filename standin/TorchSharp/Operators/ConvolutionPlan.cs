using TorchSharp.Kernels;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

/// <summary>Checked sizes of a two-dimensional convolution.</summary>
internal sealed record ConvolutionPlan(
    long[] Input, long[] Weight, long[] Stride, long[] Padding, long[] Dilation, long Groups)
{
    public long[] Output { get; } =
    [
        Input[0], Weight[0],
        OutputSize(Input[2], Weight[2], Stride[0], Padding[0], Dilation[0]),
        OutputSize(Input[3], Weight[3], Stride[1], Padding[1], Dilation[1]),
    ];

    /// <summary>Whether the fast kernels cover the case; dilation and groups go through plain loops.</summary>
    public bool IsPlain => Groups == 1 && Dilation[0] == 1 && Dilation[1] == 1;

    public ConvolutionShape Kernel => new(
        (int)Input[0], (int)Input[1], (int)Input[2], (int)Input[3], (int)Weight[0], (int)Weight[2], (int)Weight[3],
        (int)Stride[0], (int)Stride[1], (int)Padding[0], (int)Padding[1]);

    public static ConvolutionPlan Check(
        TensorValue x, TensorValue weight, TensorValue? bias, long[] stride, long[] padding, long[] dilation, long groups)
    {
        TorchError.Require(weight.Rank == 4, $"expected 4D weight for conv2d, but got weight of size {Shapes.Text(weight.Shape)}");
        TorchError.Require(x.Rank == 4, $"Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: {Shapes.Text(x.Shape)}");
        TorchError.Require(
            x.Type == weight.Type && (bias is null || bias.Type == x.Type),
            $"Input type ({ElementType.Name(x.Type)}) and weight or bias type ({ElementType.Name(weight.Type)}) should be the same");
        TorchError.Require(groups > 0, "non-positive groups is not supported");
        TorchError.Require(stride.All(static s => s > 0), "non-positive stride is not supported");
        TorchError.Require(padding.All(static p => p >= 0), "negative padding is not supported");
        TorchError.Require(dilation.All(static d => d > 0), "dilation should be greater than zero");
        TorchError.Require(
            x.Shape[1] == weight.Shape[1] * groups,
            $"Given groups={groups}, weight of size {Shapes.Text(weight.Shape)}, expected input{Shapes.Text(x.Shape)} to have {weight.Shape[1] * groups} channels, but got {x.Shape[1]} channels instead");
        TorchError.Require(
            weight.Shape[0] % groups == 0, $"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0");
        TorchError.Require(
            bias is null || (bias.Rank == 1 && bias.Count == weight.Shape[0]),
            $"Given weight of size {Shapes.Text(weight.Shape)}, expected bias to be 1-dimensional with {weight.Shape[0]} elements");
        var plan = new ConvolutionPlan(x.Shape, weight.Shape, stride, padding, dilation, groups);
        TorchError.Require(
            plan.Output[2] > 0 && plan.Output[3] > 0, "Calculated padded input size per channel is smaller than the kernel size");
        return plan;
    }

    /// <summary>One number for both directions, two numbers, or the default.</summary>
    public static long[] Pair(long[]? values, long otherwise) => values switch
    {
        null or [] => [otherwise, otherwise],
        [var both] => [both, both],
        [_, _] => values,
        _ => throw TorchError.Of($"expected a list of 2 values, but got {Shapes.Text(values)}"),
    };

    /// <summary>How many windows fit; zero where not even one does.</summary>
    public static long OutputSize(long input, long kernel, long stride, long padding, long dilation)
    {
        var room = input + 2 * padding - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
}
