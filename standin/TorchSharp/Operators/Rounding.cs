using System.Numerics;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

/// <summary>Rounding to whole numbers, unrecorded: its derivative is zero almost everywhere.</summary>
internal static unsafe class Rounding
{
    public static TensorValue Apply(TensorValue value, Func<double, double> round)
    {
        var result = TensorValue.Allocate(value.Shape, value.Type);
        using var compact = value.Compact();
        TypedLoop.Run(value.Type, "round", new RoundLoop(compact, result, round));
        return result;
    }

    private readonly struct RoundLoop(TensorValue value, TensorValue result, Func<double, double> round) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            for (long i = 0; i < value.Count; i++)
            {
                result.Pointer<T>()[i] = T.CreateTruncating(round(double.CreateTruncating(value.Pointer<T>()[i])));
            }
        }
    }
}
