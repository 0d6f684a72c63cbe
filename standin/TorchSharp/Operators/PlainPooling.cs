using System.Numerics;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

/// <summary>Pooling by its definition, for types other than float32.</summary>
internal readonly unsafe struct PlainPooling(PoolingPlan plan, TensorValue x, TensorValue y, TensorValue? positions, bool backward)
    : ITypedLoop
{
    public void Run<T>() where T : unmanaged, INumber<T>
    {
        for (long p = 0; p < plan.Planes; p++)
        {
            for (long row = 0; row < plan.Output[^2]; row++)
            {
                for (long column = 0; column < plan.Output[^1]; column++)
                {
                    var at = (p * plan.Output[^2] + row) * plan.Output[^1] + column;
                    Window(x.Pointer<T>() + p * plan.InputPlane, y.Pointer<T>() + at, at, row, column);
                }
            }
        }
    }

    private void Window<T>(T* plane, T* result, long at, long row, long column) where T : unmanaged, INumber<T>
    {
        var (top, left) = (row * plan.Stride[0] - plan.Padding[0], column * plan.Stride[1] - plan.Padding[1]);
        var bottom = Math.Min(top + plan.Kernel[0], plan.Height + plan.Padding[0]);
        var right = Math.Min(left + plan.Kernel[1], plan.Width + plan.Padding[1]);
        var area = (bottom - top) * (right - left);
        (top, left) = (Math.Max(top, 0), Math.Max(left, 0));
        (bottom, right) = (Math.Min(bottom, plan.Height), Math.Min(right, plan.Width));
        if (!plan.CountPadding)
        {
            area = (bottom - top) * (right - left);
        }

        var (best, position, sum) = (plane[top * plan.Width + left], top * plan.Width + left, T.Zero);
        var divisor = T.CreateTruncating(area);
        for (var r = top; r < bottom; r++)
        {
            for (var c = left; c < right; c++)
            {
                var source = plane + r * plan.Width + c;
                if (backward)
                {
                    *source += *result / divisor;
                    continue;
                }

                sum += *source;
                if (*source > best || T.IsNaN(*source))
                {
                    (best, position) = (*source, r * plan.Width + c);
                }
            }
        }

        if (backward)
        {
            return;
        }

        *result = positions is null ? sum / divisor : best;
        if (positions is not null)
        {
            positions.Pointer<long>()[at] = position;
        }
    }
}
