using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Tensors;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor where they are.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is TorchSharp's.")]
public class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private torch.Tensor? _tensor;

    public TensorAccessor(torch.Tensor tensor)
    {
        _ = tensor.Value;
        _tensor = tensor;
    }

    public long Count => _tensor?.numel() ?? 0;

    public bool IsReadOnly => false;

    private TensorValue Value => _tensor?.Value ?? throw new InvalidOperationException("Tensor invalid -- empty handle.");

    public unsafe T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public Array ToNDArray()
    {
        if (Value.Rank < 2)
        {
            return ToArray();
        }

        var flat = ToArray();
        var result = Array.CreateInstance(typeof(T), Value.Shape);
        Buffer.BlockCopy(flat, 0, result, 0, Buffer.ByteLength(flat));
        return result;
    }

    public unsafe void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        using var compact = Value.Compact();
        var count = Math.Min(array.Length - arrayIndex, Value.Count - tensorIndex);
        new ReadOnlySpan<T>(compact.Pointer<T>() + tensorIndex, (int)Math.Max(count, 0)).CopyTo(array.AsSpan(arrayIndex));
        GC.KeepAlive(_tensor);
    }

    public unsafe void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        var count = Math.Min(array.Length - arrayIndex, Value.Count - tensorIndex);
        for (long i = 0; i < count; i++)
        {
            Value.Pointer<T>()[Translate(tensorIndex + i)] = array[arrayIndex + i];
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => _tensor?.GetHashCode() ?? 0;

    public void Dispose() => _tensor = null;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static unsafe T ReadItemAt(torch.Tensor tensor, long index)
    {
        if (index >= tensor.numel())
        {
            throw new IndexOutOfRangeException("The index is greater than the number of elements in the tensor");
        }

        tensor.ValidateType(typeof(T));
        using var accessor = new TensorAccessor<T>(tensor);
        return accessor[index];
    }

    private void CheckStart(long tensorIndex)
    {
        if (Value.Count > 0 && (tensorIndex < 0 || tensorIndex >= Value.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(tensorIndex));
        }
    }

    private unsafe T* At(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] >= Count)
            {
                throw new IndexOutOfRangeException();
            }

            return Value.Pointer<T>() + Translate(indices[0]);
        }

        var offset = 0L;
        for (var i = Value.Rank - 1; i >= 0; i--)
        {
            if (indices[i] < 0 || indices[i] >= Value.Shape[i])
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {Value.Shape[i]} in dimension {i}.");
            }

            offset += indices[i] * Value.Strides[i];
        }

        return Value.Pointer<T>() + offset;
    }

    private long Translate(long index)
    {
        if (index < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        if (Value.IsContiguous)
        {
            return index;
        }

        var offset = 0L;
        for (var i = Value.Rank - 1; i >= 0; i--)
        {
            (index, var position) = Math.DivRem(index, Value.Shape[i]);
            offset += position * Value.Strides[i];
        }

        return offset;
    }
}
