using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Comparisons and logic, unrecorded: their results have no derivative.</summary>
internal static unsafe class Comparing
{
    public static TensorValue Compare(ComparisonOperation operation, TensorValue x, TensorValue y)
    {
        var type = TypePromotion.Common(x, y);
        using var left = Copying.Cast(x, type);
        using var right = Copying.Cast(y, type);
        var result = TensorValue.Allocate(Shapes.Broadcast(x.Shape, y.Shape), ScalarType.Bool);
        if (result.Count == 0)
        {
            return result;
        }

        if (type == ScalarType.Float32 && left.IsContiguous && right.IsContiguous && (left.Count == right.Count || right.Count == 1))
        {
            Elementwise.Compare(
                operation,
                Operand.Full(left.Floats, left.Count),
                right.Count == left.Count ? Operand.Full(right.Floats, right.Count) : Operand.Scalar(right.Floats),
                result.Pointer<byte>(), 1, result.Count);
        }
        else
        {
            TypedLoop.Run(type, operation.ToString(), new CompareLoop(operation, left, right, result));
        }

        return result;
    }

    public static TensorValue Compare(ComparisonOperation operation, TensorValue x, Scalar number)
    {
        using var scalar = Filling.Full(Shapes.Scalar, number, TypePromotion.Common(x, number));
        return Compare(operation, x, scalar);
    }

    /// <summary>Each element as a truth value.</summary>
    public static TensorValue Truth(TensorValue x) =>
        x.Type == ScalarType.Bool ? x.Shared() : Compare(ComparisonOperation.NotEqual, x, 0L.ToScalar());

    /// <summary>Whether all (or any) elements along the dimensions are true.</summary>
    public static TensorValue Fold(TensorValue x, bool all, ReadOnlySpan<long> dimensions, bool keep)
    {
        using var truth = Truth(x);
        return Reducing.Reduce(all ? ReductionOperation.Minimum : ReductionOperation.Maximum, truth, dimensions, keep, all ? 1 : 0);
    }

    public static TensorValue Where(TensorValue condition, TensorValue x, TensorValue y)
    {
        TorchError.Require(
            condition.Type is ScalarType.Bool or ScalarType.Byte,
            $"a condition is of type Bool, not {ElementType.Name(condition.Type)}");
        var type = TypePromotion.Common(x, y);
        using var left = Copying.Cast(x, type);
        using var right = Copying.Cast(y, type);
        var shape = Shapes.Broadcast(condition.Shape, Shapes.Broadcast(x.Shape, y.Shape));
        using var chosen = Expanded(condition, shape);
        var result = TensorValue.Allocate(shape, type);
        if (result.Count > 0)
        {
            TypedLoop.Run(type, "where", new WhereLoop(chosen, left, right, result));
        }

        return result;
    }

    public static bool Equal(TensorValue x, TensorValue y)
    {
        if (!Shapes.Same(x.Shape, y.Shape))
        {
            return false;
        }

        TorchError.Require(
            x.Type == y.Type, $"cannot compare {ElementType.Name(x.Type)} with {ElementType.Name(y.Type)}");
        using var same = Compare(ComparisonOperation.Equal, x, y);
        using var all = Fold(same, true, [], false);
        return *all.Pointer<byte>() != 0;
    }

    private static TensorValue Expanded(TensorValue value, long[] shape)
    {
        if (Shapes.Same(value.Shape, shape))
        {
            return value.Compact();
        }

        var result = TensorValue.Allocate(shape, value.Type);
        Copying.Into(result, value);
        return result;
    }

    private readonly struct CompareLoop(ComparisonOperation operation, TensorValue x, TensorValue y, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var nest = new LoopNest(result.Shape, result, x, y);
            var last = nest.Rank - 1;
            do
            {
                var write = result.Pointer<byte>() + nest.Offset0;
                var left = x.Pointer<T>() + nest.Offset1;
                var right = y.Pointer<T>() + nest.Offset2;
                for (long i = 0; i < nest.InnerSize; i++)
                {
                    var a = left[i * nest.Stride1[last]];
                    var b = right[i * nest.Stride2[last]];
                    var holds = operation switch
                    {
                        ComparisonOperation.Equal => a == b,
                        ComparisonOperation.NotEqual => a != b,
                        ComparisonOperation.Less => a < b,
                        ComparisonOperation.LessOrEqual => a <= b,
                        ComparisonOperation.Greater => a > b,
                        _ => a >= b,
                    };
                    write[i] = holds ? (byte)1 : (byte)0;
                }
            }
            while (nest.MoveNext());
        }
    }

    private readonly struct WhereLoop(TensorValue condition, TensorValue x, TensorValue y, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            // The result is contiguous and the condition has its shape, so both are read in one sweep.
            var nest = new LoopNest(result.Shape, result, x, y);
            var last = nest.Rank - 1;
            do
            {
                var write = result.Pointer<T>() + nest.Offset0;
                var choose = condition.Pointer<byte>() + nest.Offset0;
                var left = x.Pointer<T>() + nest.Offset1;
                var right = y.Pointer<T>() + nest.Offset2;
                for (long i = 0; i < nest.InnerSize; i++)
                {
                    write[i] = choose[i] != 0 ? left[i * nest.Stride1[last]] : right[i * nest.Stride2[last]];
                }
            }
            while (nest.MoveNext());
        }
    }
}
