using System.Numerics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>Copies and conversions, unrecorded.</summary>
internal static unsafe class Copying
{
    /// <summary>A copy in row-major order.</summary>
    public static TensorValue Contiguous(TensorValue value) => Clone(value);

    public static TensorValue Clone(TensorValue value)
    {
        var result = TensorValue.Allocate(value.Shape, value.Type);
        Into(result, value);
        return result;
    }

    /// <summary>The value itself if it has the type already, else a converted copy.</summary>
    public static TensorValue Cast(TensorValue value, ScalarType type)
    {
        if (value.Type == type)
        {
            return value.Shared();
        }

        var result = TensorValue.Allocate(value.Shape, type);
        Into(result, value);
        return result;
    }

    /// <summary>Overwrites a value with another, broadcast and converted.</summary>
    public static void Into(TensorValue target, TensorValue source)
    {
        TorchError.Require(
            Shapes.CanExpand(source.Shape, target.Shape),
            $"cannot expand {Shapes.Text(source.Shape)} to {Shapes.Text(target.Shape)}");
        if (target.Count == 0)
        {
            return;
        }

        if (target.Type != source.Type)
        {
            Convert(target, source);
        }
        else if (target.IsContiguous && source.IsContiguous && target.Count == source.Count)
        {
            var bytes = target.Count * ElementType.Size(target.Type);
            Buffer.MemoryCopy(source.Start, target.Start, bytes, bytes);
        }
        else
        {
            TypedLoop.Run(target.Type, "copy_", new StridedCopy(target, source));
        }
    }

    private static void Convert(TensorValue target, TensorValue source) =>
        TypedLoop.Run(source.Type, "copy_", new ConvertFrom(target, source));

    private readonly struct StridedCopy(TensorValue target, TensorValue source) : ITypedLoop
    {
        public void Run<T>() where T : unmanaged, INumber<T>
        {
            var nest = new LoopNest(target.Shape, target, source);
            Strided.Copy(
                source.Pointer<T>(), ((Span<long>)nest.Stride1)[..nest.Rank],
                target.Pointer<T>(), ((Span<long>)nest.Stride0)[..nest.Rank],
                ((Span<long>)nest.Shape)[..nest.Rank]);
        }
    }

    private readonly struct ConvertFrom(TensorValue target, TensorValue source) : ITypedLoop
    {
        public void Run<TFrom>() where TFrom : unmanaged, INumber<TFrom> =>
            TypedLoop.Run(target.Type, "copy_", new ConvertTo<TFrom>(target, source));
    }

    private readonly struct ConvertTo<TFrom>(TensorValue target, TensorValue source) : ITypedLoop
        where TFrom : unmanaged, INumber<TFrom>
    {
        public void Run<TTo>() where TTo : unmanaged, INumber<TTo>
        {
            var toBool = target.Type == ScalarType.Bool;
            var nest = new LoopNest(target.Shape, target, source);
            var (count, to, from) = (nest.InnerSize, nest.Stride0[nest.Rank - 1], nest.Stride1[nest.Rank - 1]);
            do
            {
                var write = target.Pointer<TTo>() + nest.Offset0;
                var read = source.Pointer<TFrom>() + nest.Offset1;
                for (long i = 0; i < count; i++)
                {
                    var value = read[i * from];
                    write[i * to] = toBool
                        ? (TFrom.IsZero(value) ? TTo.Zero : TTo.One)
                        : TTo.CreateTruncating(value);
                }
            }
            while (nest.MoveNext());
        }
    }
}
