using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>The loops over planes, each a piece of work that may be divided between any two of them.</content>
internal static unsafe partial class Pooling
{
    private static PoolingWindow WindowOf(in PoolingShape shape, int row, int column)
        => new(
            row,
            column,
            shape.Height,
            shape.Width,
            shape.KernelHeight,
            shape.KernelWidth,
            shape.StrideHeight,
            shape.StrideWidth,
            shape.PadHeight,
            shape.PadWidth);

    private readonly struct MaximumPlanes(PoolingShape shape, float* x, float* y, long* indices) : IParallelWork
    {
        public void Run(long start, long end)
        {
            var source = x + start * shape.InPlane;
            var target = y + start * shape.OutPlane;
            var at = start * shape.OutPlane;
            var (outHeight, outWidth) = (shape.OutHeight, shape.OutWidth);
            for (var plane = start; plane < end; plane++, source += shape.InPlane)
            {
                for (var row = 0; row < outHeight; row++)
                {
                    for (var column = 0; column < outWidth; column++)
                    {
                        *target++ = Maximum(source, WindowOf(shape, row, column), out var position);
                        if (indices != null)
                        {
                            indices[at++] = position;
                        }
                    }
                }
            }
        }

        private float Maximum(float* plane, in PoolingWindow window, out int position)
        {
            var best = float.NegativeInfinity;
            position = window.Top * shape.Width + window.Left;
            for (var row = window.Top; row < window.Bottom; row++)
            {
                for (var column = window.Left; column < window.Right; column++)
                {
                    var value = plane[row * shape.Width + column];
                    if (value > best || float.IsNaN(value))
                    {
                        best = value;
                        position = row * shape.Width + column;
                    }
                }
            }

            return best;
        }
    }

    private readonly struct MaximumGradientPlanes(int inPlane, int outPlane, float* gradOut, long* indices, float* gradInput)
        : IParallelWork
    {
        public void Run(long start, long end)
        {
            for (var plane = start; plane < end; plane++)
            {
                var target = gradInput + plane * inPlane;
                var source = gradOut + plane * outPlane;
                var at = indices + plane * outPlane;
                new Span<float>(target, inPlane).Clear();
                for (var i = 0; i < outPlane; i++)
                {
                    target[at[i]] += source[i];
                }
            }
        }
    }

    private readonly struct AveragePlanes(PoolingShape shape, float* x, float* y, bool countPadding) : IParallelWork
    {
        public void Run(long start, long end)
        {
            var (outHeight, outWidth) = (shape.OutHeight, shape.OutWidth);
            var target = y + start * shape.OutPlane;
            for (var plane = start; plane < end; plane++)
            {
                var source = x + plane * shape.InPlane;
                for (var outRow = 0; outRow < outHeight; outRow++)
                {
                    for (var outColumn = 0; outColumn < outWidth; outColumn++)
                    {
                        var window = WindowOf(shape, outRow, outColumn);
                        var sum = 0f;
                        for (var row = window.Top; row < window.Bottom; row++)
                        {
                            for (var column = window.Left; column < window.Right; column++)
                            {
                                sum += source[row * shape.Width + column];
                            }
                        }

                        *target++ = sum / window.Divisor(countPadding);
                    }
                }
            }
        }
    }

    private readonly struct AverageGradientPlanes(PoolingShape shape, float* gradOut, float* gradInput, bool countPadding) : IParallelWork
    {
        public void Run(long start, long end)
        {
            var (outHeight, outWidth) = (shape.OutHeight, shape.OutWidth);
            var source = gradOut + start * shape.OutPlane;
            for (var plane = start; plane < end; plane++)
            {
                var target = gradInput + plane * shape.InPlane;
                new Span<float>(target, shape.InPlane).Clear();
                for (var outRow = 0; outRow < outHeight; outRow++)
                {
                    for (var outColumn = 0; outColumn < outWidth; outColumn++)
                    {
                        var window = WindowOf(shape, outRow, outColumn);
                        var share = *source++ / window.Divisor(countPadding);
                        for (var row = window.Top; row < window.Bottom; row++)
                        {
                            for (var column = window.Left; column < window.Right; column++)
                            {
                                target[row * shape.Width + column] += share;
                            }
                        }
                    }
                }
            }
        }
    }
}
