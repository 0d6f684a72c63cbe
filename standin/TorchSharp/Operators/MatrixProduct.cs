using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Products of matrices, unrecorded. A transposed view is multiplied as it lies, without a copy.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>a[m,k] · b[k,n] (or for each of a batch of such), added to what the result holds if so wished.</summary>
    public static void Into(TensorValue result, TensorValue a, TensorValue b, bool accumulate)
    {
        var (m, n, k) = (a.Shape[^2], b.Shape[^1], a.Shape[^1]);
        if (result.Count == 0)
        {
            return;
        }

        if (k == 0)
        {
            if (!accumulate)
            {
                Filling.Into(result, 0.0);
            }

            return;
        }

        using var left = Layout.Usable(a);
        using var right = Layout.Usable(b);
        var (la, lb) = (Layout.Of(left), Layout.Of(right));
        var batch = a.Rank == 3 ? a.Shape[0] : 1;
        for (long i = 0; i < batch; i++)
        {
            var (x, y, z) = (i * la.BatchStride, i * lb.BatchStride, i * m * n);
            if (a.Type == ScalarType.Float32)
            {
                Gemm.Multiply(
                    la.Transposed, lb.Transposed, (int)m, (int)n, (int)k,
                    left.Floats + x, la.Leading, right.Floats + y, lb.Leading, result.Floats + z, (int)n, accumulate);
            }
            else
            {
                TypedLoop.Run(a.Type, "addmm_impl_cpu_", new PlainLoop(left, right, result, x, y, z, accumulate));
            }
        }
    }

    // One dimension of a matrix must lie densely, and the other be at least as far apart.
    private readonly record struct Layout(bool Transposed, int Leading, long BatchStride)
    {
        public static TensorValue Usable(TensorValue value) =>
            IsRowMajor(value) || IsColumnMajor(value) ? value.Shared() : value.Compact();

        public static Layout Of(TensorValue value)
        {
            var batch = value.Rank == 3 ? value.Strides[0] : 0;
            return IsRowMajor(value)
                ? new Layout(false, (int)Math.Max(value.Shape[^2] == 1 ? value.Shape[^1] : value.Strides[^2], 1), batch)
                : new Layout(true, (int)Math.Max(value.Shape[^1] == 1 ? value.Shape[^2] : value.Strides[^1], 1), batch);
        }

        private static bool IsRowMajor(TensorValue value) =>
            (value.Strides[^1] == 1 || value.Shape[^1] == 1)
            && (value.Shape[^2] == 1 || value.Strides[^2] >= value.Shape[^1]);

        private static bool IsColumnMajor(TensorValue value) =>
            (value.Strides[^2] == 1 || value.Shape[^2] == 1)
            && (value.Shape[^1] == 1 || value.Strides[^1] >= value.Shape[^2]);
    }

    private readonly struct PlainLoop(
        TensorValue a, TensorValue b, TensorValue result, long offsetA, long offsetB, long offsetResult, bool accumulate) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var x = a.Pointer<T>() + offsetA;
            var y = b.Pointer<T>() + offsetB;
            var z = result.Pointer<T>() + offsetResult;
            var (m, n, k) = (a.Shape[^2], b.Shape[^1], a.Shape[^1]);
            for (long i = 0; i < m; i++)
            {
                for (long j = 0; j < n; j++)
                {
                    var sum = accumulate ? z[i * n + j] : T.Zero;
                    for (long l = 0; l < k; l++)
                    {
                        sum += x[i * a.Strides[^2] + l * a.Strides[^1]] * y[l * b.Strides[^2] + j * b.Strides[^1]];
                    }

                    z[i * n + j] = sum;
                }
            }
        }
    }
}
