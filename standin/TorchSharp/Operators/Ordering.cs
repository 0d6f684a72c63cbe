using System.Numerics;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Sorting along a dimension, unrecorded. Stable, a NaN counts as largest.</summary>
internal static unsafe class Ordering
{
    /// <summary>The positions of the first <paramref name="count"/> elements in order along a dimension.</summary>
    public static TensorValue Positions(TensorValue value, int dimension, long count, bool descending)
    {
        var shape = (long[])value.Shape.Clone();
        if (shape.Length > 0)
        {
            shape[dimension] = count;
        }

        var result = TensorValue.Allocate(shape, ScalarType.Int64);
        using var compact = value.Compact();
        TypedLoop.Run(value.Type, "sort", new SortLoop(compact, result, dimension, count, descending));
        return result;
    }

    private readonly struct SortLoop(TensorValue value, TensorValue result, int dimension, long count, bool descending) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var (outer, length, inner) = Reducing.Split(value.Shape, dimension);
            var keys = new (T Value, long Position)[length];
            var order = Comparer<(T Value, long Position)>.Create(Compare);
            for (long o = 0; o < outer; o++)
            {
                for (long i = 0; i < inner; i++)
                {
                    var read = value.Pointer<T>() + o * length * inner + i;
                    for (long l = 0; l < length; l++)
                    {
                        keys[l] = (read[l * inner], l);
                    }

                    Array.Sort(keys, order);
                    var write = result.Pointer<long>() + o * count * inner + i;
                    for (long l = 0; l < count; l++)
                    {
                        write[l * inner] = keys[l].Position;
                    }
                }
            }
        }

        private int Compare<T>((T Value, long Position) a, (T Value, long Position) b) where T : INumber<T>
        {
            var (aNaN, bNaN) = (T.IsNaN(a.Value), T.IsNaN(b.Value));
            var sign = aNaN || bNaN ? aNaN.CompareTo(bNaN) : a.Value.CompareTo(b.Value);
            return sign != 0 ? (descending ? -sign : sign) : a.Position.CompareTo(b.Position);
        }
    }
}
