using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Values made from one number, unrecorded.</summary>
internal static unsafe class Filling
{
    public static TensorValue Full(long[] shape, Scalar number, ScalarType type)
    {
        var result = TensorValue.Allocate(shape, type);
        Into(result, number);
        return result;
    }

    public static TensorValue Full(long[] shape, double number, ScalarType type)
    {
        var result = TensorValue.Allocate(shape, type);
        Into(result, number);
        return result;
    }

    public static TensorValue Ones(long[] shape, ScalarType type) => Full(shape, 1.0, type);

    public static void Into(TensorValue target, Scalar number)
    {
        if (ElementType.IsFloating(target.Type) || ElementType.IsFloating(number.Type))
        {
            Into(target, number.Float);
            return;
        }

        TypedLoop.Run(target.Type, "fill_", new Fill(target, 0, number.Integer, true));
    }

    public static void Into(TensorValue target, double number)
    {
        if (target.Type == ScalarType.Float32 && target.IsContiguous)
        {
            Elementwise.Fill(target.Floats, (float)number, target.Count);
        }
        else if (target.Count > 0)
        {
            TypedLoop.Run(target.Type, "fill_", new Fill(target, number, 0, false));
        }
    }

    private readonly struct Fill(TensorValue target, double number, long integer, bool isInteger) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            if (target.Count == 0)
            {
                return;
            }

            var value = isInteger ? T.CreateTruncating(integer) : T.CreateTruncating(number);
            if (target.Type == ScalarType.Bool)
            {
                value = (isInteger ? integer != 0 : number != 0) ? T.One : T.Zero;
            }

            var nest = new LoopNest(target.Shape, target, target);
            var (count, stride) = (nest.InnerSize, nest.Stride0[nest.Rank - 1]);
            do
            {
                var write = target.Pointer<T>() + nest.Offset0;
                for (long i = 0; i < count; i++)
                {
                    write[i * stride] = value;
                }
            }
            while (nest.MoveNext());
        }
    }
}
