using System.Numerics;
using System.Runtime.Intrinsics;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// Two-dimensional convolution and its two gradients, image by image as products over <see cref="ShiftedPlanes"/>. With the weights seen as
/// a matrix [out channels, taps] and the planes as [taps, pixels]: the output is weights · planes, the gradient of the planes is
/// weightsᵀ · output gradient (written straight to where the taps' runs lie), and the gradient of the weights is output gradient · planesᵀ.
/// The three are closed under differentiation, so second derivatives need no others. 3×3 kernels over whole vectors of channels have
/// their gradients from <see cref="WinogradGradients"/>.
/// </summary>
internal static unsafe partial class Convolution
{
    /// <summary>y[batch, out, oh, ow] = conv(x[batch, in, h, w], weight[out, in, kh, kw]) + bias (null: none).</summary>
    public static void Forward(in ConvolutionShape shape, float* x, float* weight, float* biasOrNull, float* y)
    {
        if (Lanes512.IsSupported)
        {
            Forward<Lanes512, Vector512<float>>(shape, x, weight, biasOrNull, y);
        }
        else if (Lanes256.IsSupported)
        {
            Forward<Lanes256, Vector256<float>>(shape, x, weight, biasOrNull, y);
        }
        else
        {
            Forward<PortableLanes, Vector<float>>(shape, x, weight, biasOrNull, y);
        }
    }

    /// <summary>Gradient with respect to x.</summary>
    public static void InputGradient(in ConvolutionShape shape, float* gradOut, float* weight, float* gradInput)
    {
        if (Lanes512.IsSupported)
        {
            InputGradient<Lanes512, Vector512<float>>(shape, gradOut, weight, gradInput);
        }
        else if (Lanes256.IsSupported)
        {
            InputGradient<Lanes256, Vector256<float>>(shape, gradOut, weight, gradInput);
        }
        else
        {
            InputGradient<PortableLanes, Vector<float>>(shape, gradOut, weight, gradInput);
        }
    }

    /// <summary>Gradient with respect to weight, summed over the batch.</summary>
    public static void WeightGradient(in ConvolutionShape shape, float* x, float* gradOut, float* gradWeight)
    {
        if (Lanes512.IsSupported)
        {
            WeightGradient<Lanes512, Vector512<float>>(shape, x, gradOut, gradWeight);
        }
        else if (Lanes256.IsSupported)
        {
            WeightGradient<Lanes256, Vector256<float>>(shape, x, gradOut, gradWeight);
        }
        else
        {
            WeightGradient<PortableLanes, Vector<float>>(shape, x, gradOut, gradWeight);
        }
    }

    /// <summary>Gradient with respect to bias: the sum of gradOut over batch and pixels.</summary>
    public static void BiasGradient(in ConvolutionShape shape, float* gradOut, float* gradBias)
    {
        if (Lanes512.IsSupported)
        {
            BiasGradient<Lanes512, Vector512<float>>(shape, gradOut, gradBias);
        }
        else if (Lanes256.IsSupported)
        {
            BiasGradient<Lanes256, Vector256<float>>(shape, gradOut, gradBias);
        }
        else
        {
            BiasGradient<PortableLanes, Vector<float>>(shape, gradOut, gradBias);
        }
    }

    private static void Forward<TLanes, TVector>(in ConvolutionShape shape, float* x, float* weight, float* biasOrNull, float* y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (InputRows.Suits(shape, TLanes.Count))
        {
            using var rows = new InputRows(shape, TLanes.Count);
            ParallelLoop.Run(
                new ForwardRows<TLanes, TVector>(shape, rows, x, weight, biasOrNull, y), shape.Batch, shape.MultiplyAddsPerImage);
            return;
        }

        using var layout = new ShiftedPlanes(shape);
        ParallelLoop.Run(
            new ForwardImages<TLanes, TVector>(shape, layout, x, weight, biasOrNull, y), shape.Batch, shape.MultiplyAddsPerImage);
    }

    private static void InputGradient<TLanes, TVector>(in ConvolutionShape shape, float* gradOut, float* weight, float* gradInput)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (WinogradGradients.Suits<TLanes, TVector>(shape))
        {
            WinogradGradients.InputGradient<TLanes, TVector>(shape, gradOut, weight, gradInput);
            return;
        }

        using var layout = new ShiftedPlanes(shape);
        ParallelLoop.Run(
            new InputGradientImages<TLanes, TVector>(shape, layout, gradOut, weight, gradInput), shape.Batch, shape.MultiplyAddsPerImage);
    }

    private static void WeightGradient<TLanes, TVector>(in ConvolutionShape shape, float* x, float* gradOut, float* gradWeight)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (shape.Batch == 0)
        {
            new Span<float>(gradWeight, shape.OutChannels * shape.Taps).Clear();
            return;
        }

        if (WinogradGradients.Suits<TLanes, TVector>(shape))
        {
            WinogradGradients.WeightGradient<TLanes, TVector>(shape, x, gradOut, gradWeight);
            return;
        }

        var work = new WeightGradientChannels<TLanes, TVector>(shape, x, gradOut, gradWeight);
        var cost = shape.Batch * shape.MultiplyAddsPerImage / Math.Max(1, work.Count);
        ParallelLoop.Run(work, work.Count, cost, partsPerThread: 1);
    }

    private static void BiasGradient<TLanes, TVector>(in ConvolutionShape shape, float* gradOut, float* gradBias)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var cost = (long)shape.Batch * shape.OutPlane * ParallelLoop.ElementCost;
        ParallelLoop.Run(new BiasGradientChannels<TLanes, TVector>(shape, gradOut, gradBias), shape.OutChannels, cost);
    }
}
