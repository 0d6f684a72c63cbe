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
        TorchError.Require(weight.Rank == 4, $"a convolution's weight has 4 dimensions, not the shape {Shapes.Text(weight.Shape)}");
        TorchError.Require(x.Rank == 4, $"conv2d takes 3 or 4 dimensions, not the shape {Shapes.Text(x.Shape)}");
        TorchError.Require(
            x.Type == weight.Type && (bias is null || bias.Type == x.Type),
            $"input ({ElementType.Name(x.Type)}), weight ({ElementType.Name(weight.Type)}) and bias must have the same type");
        TorchError.Require(groups > 0, "non-positive groups is not supported");
        TorchError.Require(stride.All(static s => s > 0), "non-positive stride is not supported");
        TorchError.Require(padding.All(static p => p >= 0), "negative padding is not supported");
        TorchError.Require(dilation.All(static d => d > 0), "dilation should be greater than zero");
        TorchError.Require(
            x.Shape[1] == weight.Shape[1] * groups,
            $"weight {Shapes.Text(weight.Shape)} in {groups} groups needs {weight.Shape[1] * groups} channels, not {x.Shape[1]}");
        TorchError.Require(
            weight.Shape[0] % groups == 0, $"{weight.Shape[0]} channels cannot be divided into {groups} groups");
        TorchError.Require(
            bias is null || (bias.Rank == 1 && bias.Count == weight.Shape[0]),
            $"the bias must be a vector of {weight.Shape[0]} elements");
        var plan = new ConvolutionPlan(x.Shape, weight.Shape, stride, padding, dilation, groups);
        TorchError.Require(
            plan.Output[2] > 0 && plan.Output[3] > 0,
            $"the kernel {Shapes.Text(weight.Shape)} is larger than the padded input {Shapes.Text(x.Shape)}");
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
