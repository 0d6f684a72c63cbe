using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Reads and writes at positions that a tensor of indices names, unrecorded.</summary>
internal static unsafe class Placing
{
    public static void CheckRange(TensorValue index, long size, string operation)
    {
        using var wide = Indices(index);
        var positions = wide.Pointer<long>();
        for (long i = 0; i < wide.Count; i++)
        {
            TorchError.Require(
                (ulong)positions[i] < (ulong)size, $"{operation}(): index {positions[i]} is out of bounds for dimension with size {size}");
        }
    }

    public static TensorValue Gather(TensorValue x, int dimension, TensorValue index)
    {
        var result = TensorValue.Allocate(index.Shape, x.Type);
        TypedLoop.Run(x.Type, "gather", new GatherLoop(x, dimension, index, result));
        return result;
    }

    public static void Scatter(TensorValue target, int dimension, TensorValue index, TensorValue source, bool add) =>
        TypedLoop.Run(target.Type, "scatter", new ScatterLoop(target, dimension, index, source, add));

    public static TensorValue SelectRows(TensorValue x, int dimension, TensorValue index)
    {
        var shape = (long[])x.Shape.Clone();
        if (x.Rank > 0)
        {
            shape[dimension] = index.Count;
        }

        var result = TensorValue.Allocate(shape, x.Type);
        TypedLoop.Run(x.Type, "index_select", new SelectRowsLoop(x, dimension, index, result));
        return result;
    }

    /// <summary>Adds the rows of source to those of a contiguous target.</summary>
    public static void AddRows(TensorValue target, int dimension, TensorValue index, TensorValue source) =>
        TypedLoop.Run(target.Type, "index_add", new AddRowsLoop(target, dimension, index, source));

    /// <summary>The flat positions at which a mask, broadcast to a shape, holds.</summary>
    public static TensorValue TruePositions(TensorValue mask, long[] shape)
    {
        using var expanded = TensorValue.Allocate(shape, mask.Type);
        Copying.Into(expanded, mask);
        var truth = expanded.Pointer<byte>();
        var positions = new List<long>();
        for (long i = 0; i < expanded.Count; i++)
        {
            if (truth[i] != 0)
            {
                positions.Add(i);
            }
        }

        var result = TensorValue.Allocate([positions.Count], ScalarType.Int64);
        positions.CopyTo(new Span<long>(result.Pointer<long>(), positions.Count));
        return result;
    }

    private static void CopyTo(this List<long> list, Span<long> target) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list).CopyTo(target);

    private static TensorValue Indices(TensorValue index)
    {
        using var wide = Copying.Cast(index, ScalarType.Int64);
        return wide.Compact();
    }

    private readonly struct GatherLoop(TensorValue x, int dimension, TensorValue index, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            // The index may be smaller than x in the other dimensions; then x is cut to match.
            using var part = Cut(x, index.Shape, dimension);
            using var compact = part.Compact();
            using var positions = Indices(index);
            var (outer, count, inner) = Reducing.Split(index.Shape, dimension);
            var (_, length, _) = Reducing.Split(compact.Shape, dimension);
            Indexing.Gather(compact.Pointer<T>(), positions.Pointer<long>(), result.Pointer<T>(), outer, length, count, inner);
        }
    }

    private readonly struct ScatterLoop(TensorValue target, int dimension, TensorValue index, TensorValue source, bool add) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            using var positions = Indices(index);
            using var window = Cut(target, index.Shape, dimension);
            using var cut = Cut(source, index.Shape, -1);
            using var values = cut.Compact();
            using var compact = window.Compact();
            var (outer, count, inner) = Reducing.Split(index.Shape, dimension);
            var (_, length, _) = Reducing.Split(compact.Shape, dimension);
            var read = values.Pointer<T>();
            var at = positions.Pointer<long>();
            var write = compact.Pointer<T>();
            if (!add)
            {
                Indexing.Scatter(read, at, write, outer, length, count, inner);
            }
            else if (typeof(T) == typeof(float))
            {
                Indexing.ScatterAdd((float*)read, at, (float*)write, outer, length, count, inner);
            }
            else
            {
                for (long i = 0; i < outer * count * inner; i++)
                {
                    write[(i / (count * inner) * length + at[i]) * inner + i % inner] += read[i];
                }
            }

            if (compact.Storage != window.Storage)
            {
                Copying.Into(window, compact);
            }
        }
    }

    private readonly struct SelectRowsLoop(TensorValue x, int dimension, TensorValue index, TensorValue result) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            using var positions = Indices(index);
            using var compact = x.Compact();
            var (outer, length, inner) = Reducing.Split(x.Shape, dimension);
            for (long o = 0; o < outer; o++)
            {
                Indexing.SelectRows(
                    compact.Pointer<T>() + o * length * inner, positions.Pointer<long>(),
                    result.Pointer<T>() + o * positions.Count * inner, positions.Count, inner);
            }
        }
    }

    private readonly struct AddRowsLoop(TensorValue target, int dimension, TensorValue index, TensorValue source) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            using var positions = Indices(index);
            using var values = source.Compact();
            var (outer, length, inner) = Reducing.Split(target.Shape, dimension);
            var at = positions.Pointer<long>();
            for (long o = 0; o < outer; o++)
            {
                var read = values.Pointer<T>() + o * positions.Count * inner;
                var write = target.Pointer<T>() + o * length * inner;
                for (long i = 0; i < positions.Count; i++)
                {
                    for (long j = 0; j < inner; j++)
                    {
                        write[at[i] * inner + j] += read[i * inner + j];
                    }
                }
            }
        }
    }

    // The leading part of a tensor that has a given size in all dimensions but one.
    private static TensorValue Cut(TensorValue value, long[] shape, int except)
    {
        var cut = (long[])shape.Clone();
        if (except >= 0 && cut.Length > 0)
        {
            cut[except] = value.Shape[except];
        }

        return Shapes.Same(cut, value.Shape) ? value.Shared() : value.Window(cut, value.Strides, value.Offset);
    }
}
