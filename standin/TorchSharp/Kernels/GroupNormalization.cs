using System.Runtime.CompilerServices;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <summary>
/// Group normalisation over x[batch, channels, pixels] with first-order gradients. A group's statistics take two passes (mean, then
/// deviations from it) for accuracy; all else is one linear function a channel, so that each element costs one or two multiplications.
/// </summary>
internal static unsafe class GroupNormalization
{
    /// <summary>
    /// y = (x − mean)·inverseDeviation·scale + shift; mean and inverseDeviation [batch, groups] are written for the gradient.
    /// Scale and shift [channels] may be null.
    /// </summary>
    public static void Forward(
        int batch, int channels, int pixels, int groups, float epsilon, float* x, float* scaleOrNull, float* shiftOrNull, float* y,
        float* mean, float* inverseDeviation)
    {
        var cost = (long)channels / groups * pixels * ParallelLoop.ElementCost;
        ParallelLoop.Run(
            new ForwardGroups(channels, pixels, groups, epsilon, x, scaleOrNull, shiftOrNull, y, mean, inverseDeviation),
            (long)batch * groups,
            cost);
    }

    /// <summary>Gradients of <see cref="Forward"/>; those of scale and shift are skipped when null.</summary>
    public static void Backward(
        int batch, int channels, int pixels, int groups, float* x, float* scaleOrNull, float* mean, float* inverseDeviation, float* gradOut,
        float* gradInput, float* gradScaleOrNull, float* gradShiftOrNull)
    {
        Clear(gradScaleOrNull, channels);
        Clear(gradShiftOrNull, channels);
        var cost = (long)batch * (channels / groups) * pixels * ParallelLoop.ElementCost;
        ParallelLoop.Run(
            new BackwardGroups(
                batch, channels, pixels, groups, x, scaleOrNull, mean, inverseDeviation, gradOut, gradInput, gradScaleOrNull,
                gradShiftOrNull),
            groups,
            cost);
    }

    private static void Clear(float* valuesOrNull, int count)
    {
        if (valuesOrNull != null)
        {
            new Span<float>(valuesOrNull, count).Clear();
        }
    }

    /// <summary>Groups of all images, one after the other.</summary>
    private readonly struct ForwardGroups(
        int channels, int pixels, int groups, float epsilon, float* x, float* scaleOrNull, float* shiftOrNull, float* y, float* mean,
        float* inverseDeviation) : IParallelWork
    {
        public void Run(long start, long end)
        {
            var channelsInGroup = channels / groups;
            var size = (long)channelsInGroup * pixels;
            for (var group = start; group < end; group++)
            {
                var source = x + group * size;
                var target = y + group * size;
                var exactCenter = Reductions.Sum(source, size) / size;
                var center = (float)exactCenter;
                var inverse = 1 / Math.Sqrt(Reductions.SquareDeviations(source, size, center) / size + epsilon);
                mean[group] = center;
                inverseDeviation[group] = (float)inverse;
                var channel = group % groups * channelsInGroup;
                for (var i = 0; i < channelsInGroup; i++, channel++, source += pixels, target += pixels)
                {
                    var factor = scaleOrNull == null ? inverse : inverse * scaleOrNull[channel];
                    var shift = (shiftOrNull == null ? 0 : shiftOrNull[channel]) - (exactCenter - center) * factor;
                    var normalize = new Normalization(center, factor, shift);
                    ElementwiseLoops.Map(normalize, source, target, pixels);
                }
            }
        }
    }

    /// <summary>The groups of one image; for each its channels of all images, whose gradients of scale and shift are one sum.</summary>
    private readonly struct BackwardGroups(
        int batch, int channels, int pixels, int groups, float* x, float* scaleOrNull, float* mean, float* inverseDeviation, float* gradOut,
        float* gradInput, float* gradScaleOrNull, float* gradShiftOrNull) : IParallelWork
    {
        public void Run(long start, long end)
        {
            for (var image = 0; image < batch; image++)
            {
                for (var group = start; group < end; group++)
                {
                    RunGroup((long)image * groups + group, (int)group * (channels / groups), channels / groups);
                }
            }
        }

        private void RunGroup(long group, int first, int channelsInGroup)
        {
            var size = (long)channelsInGroup * pixels;
            var center = mean[group];
            double inverse = inverseDeviation[group];
            double sum = 0;
            double sumNormal = 0;
            for (var i = 0; i < channelsInGroup; i++)
            {
                var at = group * size + (long)i * pixels;
                var (grad, gradProducts) = Reductions.SumAndProducts(gradOut + at, x + at, pixels, center);
                var gradNormal = gradProducts * inverse;
                if (gradScaleOrNull != null)
                {
                    gradScaleOrNull[first + i] += (float)gradNormal;
                }

                if (gradShiftOrNull != null)
                {
                    gradShiftOrNull[first + i] += (float)grad;
                }

                double scale = scaleOrNull == null ? 1 : scaleOrNull[first + i];
                sum += scale * grad;
                sumNormal += scale * gradNormal;
            }

            for (var i = 0; i < channelsInGroup; i++)
            {
                // inverse · (scale · g − sum / size − normal · sumNormal / size), with normal = (x − center) · inverse.
                var at = group * size + (long)i * pixels;
                var scale = scaleOrNull == null ? 1 : scaleOrNull[first + i];
                var combine = new GradientCombination(
                    (float)(inverse * scale), (float)(-inverse * inverse * sumNormal / size), center, (float)(-inverse * sum / size));
                ElementwiseLoops.Zip(combine, Operand.Full(gradOut + at, pixels), Operand.Full(x + at, pixels), gradInput + at, 1, pixels);
            }
        }
    }

    /// <summary>
    /// (x − center) · factor + shift. What rounding takes from the factor is put back: the same relative error in a whole channel would not
    /// average out in the convolution that follows.
    /// </summary>
    private readonly struct Normalization(float center, double factor, double shift) : IUnaryOperator
    {
        private readonly float _factor = (float)factor;
        private readonly float _factorRest = (float)(factor - (float)factor);
        private readonly float _shift = (float)shift;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var deviation = TLanes.Subtract(x, TLanes.Broadcast(center));
            var rest = TLanes.MultiplyAdd(deviation, TLanes.Broadcast(_factorRest), TLanes.Broadcast(_shift));
            return TLanes.MultiplyAdd(deviation, TLanes.Broadcast(_factor), rest);
        }
    }

    /// <summary>a · gradient + b · (x − center) + c.</summary>
    private readonly struct GradientCombination(float a, float b, float center, float c) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TLanes, TVector>(TVector x, TVector y)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Add(
                TLanes.Multiply(TLanes.Broadcast(a), x),
                TLanes.Add(TLanes.Multiply(TLanes.Broadcast(b), TLanes.Subtract(y, TLanes.Broadcast(center))), TLanes.Broadcast(c)));
    }
}
