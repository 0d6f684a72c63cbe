using System.Numerics;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

/// <summary>Which of the three arrays of a convolution is made from the other two.</summary>
internal enum ConvolutionPass
{
    Output,
    InputGradient,
    WeightGradient,
}

/// <summary>Convolution by its definition, for what the fast kernels leave out: other types, dilation, groups.</summary>
internal readonly unsafe struct PlainConvolution(
    ConvolutionPlan plan, ConvolutionPass pass, TensorValue x, TensorValue weight, TensorValue y) : ITypedLoop
{
    public void Run<T>() where T : unmanaged, INumber<T>
    {
        var (perGroupIn, perGroupOut) = (plan.Weight[1], plan.Weight[0] / plan.Groups);
        for (long n = 0; n < plan.Input[0]; n++)
        {
            for (long o = 0; o < plan.Weight[0]; o++)
            {
                for (long i = 0; i < perGroupIn; i++)
                {
                    var channel = o / perGroupOut * perGroupIn + i;
                    Plane(
                        x.Pointer<T>() + (n * plan.Input[1] + channel) * plan.Input[2] * plan.Input[3],
                        weight.Pointer<T>() + (o * perGroupIn + i) * plan.Weight[2] * plan.Weight[3],
                        y.Pointer<T>() + (n * plan.Output[1] + o) * plan.Output[2] * plan.Output[3]);
                }
            }
        }
    }

    private void Plane<T>(T* from, T* kernel, T* to) where T : unmanaged, INumber<T>
    {
        for (long row = 0; row < plan.Output[2]; row++)
        {
            for (long column = 0; column < plan.Output[3]; column++)
            {
                for (long kr = 0; kr < plan.Weight[2]; kr++)
                {
                    var r = row * plan.Stride[0] - plan.Padding[0] + kr * plan.Dilation[0];
                    for (long kc = 0; kc < plan.Weight[3]; kc++)
                    {
                        var c = column * plan.Stride[1] - plan.Padding[1] + kc * plan.Dilation[1];
                        if (r < 0 || r >= plan.Input[2] || c < 0 || c >= plan.Input[3])
                        {
                            continue;
                        }

                        var source = from + r * plan.Input[3] + c;
                        var tap = kernel + kr * plan.Weight[3] + kc;
                        var target = to + row * plan.Output[3] + column;
                        switch (pass)
                        {
                            case ConvolutionPass.Output: *target += *source * *tap; break;
                            case ConvolutionPass.InputGradient: *source += *target * *tap; break;
                            default: *tap += *source * *target; break;
                        }
                    }
                }
            }
        }
    }
}
