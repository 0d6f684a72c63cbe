using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Reductions over dimensions, unrecorded.</summary>
internal static unsafe partial class Reducing
{
    /// <summary>Folds the dimensions listed (none means all). <paramref name="empty"/> is the result of folding nothing.</summary>
    public static TensorValue Reduce(
        ReductionOperation operation, TensorValue value, ReadOnlySpan<long> dimensions, bool keep, double empty = 0)
    {
        var selected = Shapes.Selected(dimensions, value.Rank);
        var shape = ResultShape(value.Shape, selected, keep);
        if (value.Count == 0)
        {
            return Filling.Full(shape, empty, value.Type);
        }

        // Groups of neighbouring dimensions are folded from the last to the first; each fold keeps its size as 1.
        var current = value.Compact();
        var kept = (long[])value.Shape.Clone();
        var end = kept.Length;
        var first = true;
        while (end > 0)
        {
            if (!selected[end - 1])
            {
                end--;
                continue;
            }

            var start = end - 1;
            while (start > 0 && selected[start - 1])
            {
                start--;
            }

            var (outer, length, inner) = (Product(kept, 0, start), Product(kept, start, end), Product(kept, end, kept.Length));
            Array.Fill(kept, 1, start, end - start);
            var next = TensorValue.Allocate((long[])kept.Clone(), current.Type);
            Axis(first ? operation : Following(operation), current, next, outer, length, inner);
            current.Release();
            current = next;
            first = false;
            end = start;
        }

        if (first && operation is ReductionOperation.AbsoluteSum or ReductionOperation.SquareSum)
        {
            var single = TensorValue.Allocate(shape, value.Type);
            Axis(operation, current, single, current.Count, 1, 1);
            current.Release();
            return single;
        }

        using (current)
        {
            return first ? Copying.Clone(current) : current.Window(shape, null, current.Offset);
        }
    }

    /// <summary>Largest (or smallest) elements along a dimension, and where they are.</summary>
    public static (TensorValue Values, TensorValue Positions) Extreme(TensorValue value, bool largest, int dimension, bool keep)
    {
        TorchError.Require(value.Count > 0, "there is no largest or smallest of no elements");
        var selected = new bool[value.Rank];
        if (value.Rank > 0)
        {
            selected[dimension] = true;
        }

        var shape = ResultShape(value.Shape, selected, keep);
        var values = TensorValue.Allocate(shape, value.Type);
        var positions = TensorValue.Allocate(shape, ScalarType.Int64);
        using var compact = value.Compact();
        var (outer, length, inner) = Split(value.Shape, dimension);
        if (value.Type == ScalarType.Float32)
        {
            if (largest)
            {
                Reductions.MaximumAt(compact.Floats, values.Floats, positions.Pointer<long>(), outer, length, inner);
            }
            else
            {
                Reductions.MinimumAt(compact.Floats, values.Floats, positions.Pointer<long>(), outer, length, inner);
            }
        }
        else
        {
            TypedLoop.Run(value.Type, "max", new ExtremeLoop(compact, values, positions, largest, outer, length, inner));
        }

        return (values, positions);
    }

    /// <summary>A shape seen as [outer, length, inner] around one dimension.</summary>
    public static (long Outer, long Length, long Inner) Split(long[] shape, int dimension) =>
        shape.Length == 0
            ? (1, 1, 1)
            : (Product(shape, 0, dimension), shape[dimension], Product(shape, dimension + 1, shape.Length));

    public static long[] ResultShape(long[] shape, bool[] selected, bool keep)
    {
        var result = new List<long>(shape.Length);
        for (var i = 0; i < shape.Length; i++)
        {
            if (!selected[i])
            {
                result.Add(shape[i]);
            }
            else if (keep)
            {
                result.Add(1);
            }
        }

        return [.. result];
    }

    // What is summed once as absolutes or squares is afterwards a plain sum.
    private static ReductionOperation Following(ReductionOperation operation) =>
        operation is ReductionOperation.AbsoluteSum or ReductionOperation.SquareSum ? ReductionOperation.Sum : operation;

    private static void Axis(ReductionOperation operation, TensorValue value, TensorValue result, long outer, long length, long inner)
    {
        if (value.Type == ScalarType.Float32)
        {
            Reductions.Axis(operation, value.Floats, result.Floats, outer, length, inner);
        }
        else
        {
            TypedLoop.Run(value.Type, operation.ToString(), new AxisLoop(operation, value, result, outer, length, inner));
        }
    }

    private static long Product(long[] shape, int from, int to) => Shapes.Count(shape.AsSpan(from, to - from));

    private readonly struct AxisLoop(
        ReductionOperation operation, TensorValue value, TensorValue result, long outer, long length, long inner) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var read = value.Pointer<T>();
            var write = result.Pointer<T>();
            for (long o = 0; o < outer; o++)
            {
                for (long i = 0; i < inner; i++)
                {
                    var at = read + o * length * inner + i;
                    var folded = Start(*at);
                    for (long l = 1; l < length; l++)
                    {
                        folded = Fold(folded, at[l * inner]);
                    }

                    write[o * inner + i] = operation == ReductionOperation.Mean ? folded / T.CreateTruncating(length) : folded;
                }
            }
        }

        private T Start<T>(T v) where T : INumber<T> => operation switch
        {
            ReductionOperation.AbsoluteSum => T.Abs(v),
            ReductionOperation.SquareSum => v * v,
            _ => v,
        };

        private T Fold<T>(T folded, T v) where T : INumber<T> => operation switch
        {
            ReductionOperation.Maximum => T.IsNaN(v) || v > folded ? v : folded,
            ReductionOperation.Minimum => T.IsNaN(v) || v < folded ? v : folded,
            ReductionOperation.AbsoluteSum => folded + T.Abs(v),
            ReductionOperation.SquareSum => folded + v * v,
            _ => folded + v,
        };
    }

    private readonly struct ExtremeLoop(
        TensorValue value, TensorValue values, TensorValue positions, bool largest, long outer, long length, long inner) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            for (long o = 0; o < outer; o++)
            {
                for (long i = 0; i < inner; i++)
                {
                    var at = value.Pointer<T>() + o * length * inner + i;
                    var (best, position) = (*at, 0L);
                    for (long l = 1; l < length && !T.IsNaN(best); l++)
                    {
                        var v = at[l * inner];
                        if (T.IsNaN(v) || (largest ? v > best : v < best))
                        {
                            (best, position) = (v, l);
                        }
                    }

                    values.Pointer<T>()[o * inner + i] = best;
                    positions.Pointer<long>()[o * inner + i] = position;
                }
            }
        }
    }
}
