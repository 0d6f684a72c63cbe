using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>The loops for all cases that the float32 kernels do not take: other types and uneven strides. Plain, not fast.</summary>
internal static unsafe partial class Arithmetic
{
    private readonly struct BinaryLoop(BinaryOperation operation, TensorValue x, TensorValue y, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var isBool = result.Type == ScalarType.Bool;
            TorchError.Require(
                !isBool || operation is not BinaryOperation.Subtract,
                "truth values cannot be subtracted");
            var nest = new LoopNest(result.Shape, result, x, y);
            var last = nest.Rank - 1;
            do
            {
                var write = result.Pointer<T>() + nest.Offset0;
                var left = x.Pointer<T>() + nest.Offset1;
                var right = y.Pointer<T>() + nest.Offset2;
                for (long i = 0; i < nest.InnerSize; i++)
                {
                    var value = Apply(operation, left[i * nest.Stride1[last]], right[i * nest.Stride2[last]]);
                    write[i * nest.Stride0[last]] = isBool && !T.IsZero(value) ? T.One : value;
                }
            }
            while (nest.MoveNext());
        }
    }

    private readonly struct UnaryLoop(UnaryOperation operation, TensorValue x, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            if (result.Count == 0)
            {
                return;
            }

            var nest = new LoopNest(result.Shape, result, x);
            var last = nest.Rank - 1;
            do
            {
                var write = result.Pointer<T>() + nest.Offset0;
                var read = x.Pointer<T>() + nest.Offset1;
                for (long i = 0; i < nest.InnerSize; i++)
                {
                    write[i * nest.Stride0[last]] = Apply(operation, read[i * nest.Stride1[last]]);
                }
            }
            while (nest.MoveNext());
        }
    }

    private static T Apply<T>(BinaryOperation operation, T a, T b) where T : INumber<T> => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.Minimum => T.IsNaN(a) || T.IsNaN(b) ? a + b : a < b ? a : b,
        BinaryOperation.Maximum => T.IsNaN(a) || T.IsNaN(b) ? a + b : a > b ? a : b,
        BinaryOperation.Power => Power(a, b),
        BinaryOperation.ReluGradient => b > T.Zero ? a : T.Zero,
        BinaryOperation.SigmoidGradient => a * b * (T.One - b),
        BinaryOperation.TanhGradient => a * (T.One - b * b),
        BinaryOperation.AbsoluteGradient => b > T.Zero ? a : b < T.Zero ? -a : T.Zero,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static T Apply<T>(UnaryOperation operation, T v) where T : INumber<T> => operation switch
    {
        UnaryOperation.Negate => -v,
        UnaryOperation.Absolute => T.Abs(v),
        UnaryOperation.Sign => T.IsNaN(v) ? v : v > T.Zero ? T.One : v < T.Zero ? -T.One : T.Zero,
        UnaryOperation.Square => v * v,
        UnaryOperation.Relu => v < T.Zero ? T.Zero : v,
        UnaryOperation.Reciprocal => T.One / v,
        UnaryOperation.SquareRoot => ByDouble(v, Math.Sqrt),
        UnaryOperation.ReciprocalSquareRoot => ByDouble(v, static x => 1 / Math.Sqrt(x)),
        UnaryOperation.Exponential => ByDouble(v, Math.Exp),
        UnaryOperation.Logarithm => ByDouble(v, Math.Log),
        UnaryOperation.HyperbolicTangent => ByDouble(v, Math.Tanh),
        UnaryOperation.Sigmoid => ByDouble(v, static x => 1 / (1 + Math.Exp(-x))),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static T ByDouble<T>(T value, Func<double, double> function) where T : INumber<T> =>
        T.CreateTruncating(function(double.CreateTruncating(value)));

    private static T Power<T>(T value, T exponent) where T : INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float))
        {
            return T.CreateTruncating(Math.Pow(double.CreateTruncating(value), double.CreateTruncating(exponent)));
        }

        TorchError.Require(exponent >= T.Zero, "Integers to negative integer powers are not allowed.");
        var result = T.One;
        for (var left = exponent; left > T.Zero; left--)
        {
            result *= value;
        }

        return result;
    }
}
