using System.Numerics;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>Optimiser updates, each in one pass over memory.</summary>
internal static unsafe class OptimizerSteps
{
    /// <summary>
    /// Stochastic gradient descent: g' = g + weightDecay·w; with momentum, v = momentum·v + (1 − dampening)·g' (v = g' on the first step),
    /// and w −= rate·(v, or g' + momentum·v with nesterov).
    /// </summary>
    public static void Sgd(
        float* weight, float* gradient, float* velocityOrNull, long count, float rate, float momentum, float dampening, float weightDecay,
        bool nesterov, bool firstStep)
    {
        var settings = new SgdSettings(rate, momentum, 1 - dampening, weightDecay, nesterov, firstStep);
        if (Lanes512.IsSupported)
        {
            Sgd<Lanes512, Vector512<float>>(weight, gradient, velocityOrNull, count, settings);
        }
        else if (Lanes256.IsSupported)
        {
            Sgd<Lanes256, Vector256<float>>(weight, gradient, velocityOrNull, count, settings);
        }
        else
        {
            Sgd<PortableLanes, Vector<float>>(weight, gradient, velocityOrNull, count, settings);
        }
    }

    /// <summary>
    /// Adam (Kingma and Ba) at step number <paramref name="step"/>, counted from 1; <paramref name="largestSquareOrNull"/> switches to
    /// AMSGrad.
    /// </summary>
    public static void Adam(
        float* weight, float* gradient, float* mean, float* square, float* largestSquareOrNull, long count, double rate, double beta1,
        double beta2, double epsilon, double weightDecay, long step)
    {
        var settings = new AdamSettings(
            (float)(rate / (1 - Math.Pow(beta1, step))),
            (float)beta1,
            (float)(1 - beta1),
            (float)beta2,
            (float)(1 - beta2),
            (float)Math.Sqrt(1 - Math.Pow(beta2, step)),
            (float)epsilon,
            (float)weightDecay);
        if (Lanes512.IsSupported)
        {
            Adam<Lanes512, Vector512<float>>(weight, gradient, mean, square, largestSquareOrNull, count, settings);
        }
        else if (Lanes256.IsSupported)
        {
            Adam<Lanes256, Vector256<float>>(weight, gradient, mean, square, largestSquareOrNull, count, settings);
        }
        else
        {
            Adam<PortableLanes, Vector<float>>(weight, gradient, mean, square, largestSquareOrNull, count, settings);
        }
    }

    private static void Sgd<TLanes, TVector>(float* weight, float* gradient, float* velocityOrNull, long count, in SgdSettings settings)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var rate = TLanes.Broadcast(settings.Rate);
        var momentum = TLanes.Broadcast(settings.Momentum);
        var share = TLanes.Broadcast(settings.GradientShare);
        var decay = TLanes.Broadcast(settings.WeightDecay);
        for (long i = 0; i < count; i += TLanes.Count)
        {
            var used = (int)Math.Min(TLanes.Count, count - i);
            var w = TLanes.LoadPart(weight + i, used);
            var g = TLanes.LoadPart(gradient + i, used);
            if (settings.WeightDecay != 0)
            {
                g = TLanes.Add(g, TLanes.Multiply(decay, w));
            }

            if (velocityOrNull != null)
            {
                var v = settings.FirstStep
                    ? g
                    : TLanes.Add(TLanes.Multiply(momentum, TLanes.LoadPart(velocityOrNull + i, used)), TLanes.Multiply(share, g));
                TLanes.StorePart(velocityOrNull + i, v, used);
                g = settings.Nesterov ? TLanes.Add(g, TLanes.Multiply(momentum, v)) : v;
            }

            TLanes.StorePart(weight + i, TLanes.Subtract(w, TLanes.Multiply(rate, g)), used);
        }
    }

    private static void Adam<TLanes, TVector>(
        float* weight, float* gradient, float* mean, float* square, float* largestSquareOrNull, long count, in AdamSettings settings)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var rate = TLanes.Broadcast(settings.Rate);
        var beta1 = TLanes.Broadcast(settings.Beta1);
        var share1 = TLanes.Broadcast(settings.Share1);
        var beta2 = TLanes.Broadcast(settings.Beta2);
        var share2 = TLanes.Broadcast(settings.Share2);
        var correction = TLanes.Broadcast(settings.RootCorrection);
        var epsilon = TLanes.Broadcast(settings.Epsilon);
        var decay = TLanes.Broadcast(settings.WeightDecay);
        for (long i = 0; i < count; i += TLanes.Count)
        {
            var used = (int)Math.Min(TLanes.Count, count - i);
            var w = TLanes.LoadPart(weight + i, used);
            var g = TLanes.LoadPart(gradient + i, used);
            if (settings.WeightDecay != 0)
            {
                g = TLanes.Add(g, TLanes.Multiply(decay, w));
            }

            var m = TLanes.Add(TLanes.Multiply(beta1, TLanes.LoadPart(mean + i, used)), TLanes.Multiply(share1, g));
            var s = TLanes.Add(TLanes.Multiply(beta2, TLanes.LoadPart(square + i, used)), TLanes.Multiply(share2, TLanes.Multiply(g, g)));
            TLanes.StorePart(mean + i, m, used);
            TLanes.StorePart(square + i, s, used);
            if (largestSquareOrNull != null)
            {
                s = TLanes.Max(TLanes.LoadPart(largestSquareOrNull + i, used), s);
                TLanes.StorePart(largestSquareOrNull + i, s, used);
            }

            var deviation = TLanes.Add(TLanes.Divide(TLanes.Sqrt(s), correction), epsilon);
            TLanes.StorePart(weight + i, TLanes.Subtract(w, TLanes.Multiply(rate, TLanes.Divide(m, deviation))), used);
        }
    }

    private readonly record struct SgdSettings(
        float Rate, float Momentum, float GradientShare, float WeightDecay, bool Nesterov, bool FirstStep);

    private readonly record struct AdamSettings(
        float Rate, float Beta1, float Share1, float Beta2, float Share2, float RootCorrection, float Epsilon, float WeightDecay);
}
