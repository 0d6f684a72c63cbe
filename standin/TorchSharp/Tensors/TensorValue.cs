using static TorchSharp.torch;

namespace TorchSharp.Tensors;

/// <summary>
/// What one or more <see cref="Tensor"/> handles refer to: a window of a storage, and its place in the
/// graph of differentiation. Every method that returns one hands over a reference that the caller must
/// release or pass on; <c>using</c> does so at the end of a block.
/// </summary>
internal sealed unsafe partial class TensorValue : Counted, IDisposable
{
    private long[]? _strides;

    /// <summary>Takes over the caller's reference to the storage.</summary>
    private TensorValue(Storage storage, long offset, long[] shape, long[]? strides, ScalarType type)
    {
        Storage = storage;
        Offset = offset;
        Shape = shape;
        Type = type;
        Count = Shapes.Count(shape);
        if (strides is not null && !Shapes.IsContiguous(shape, strides))
        {
            _strides = strides;
        }
        else
        {
            IsContiguous = true;
        }
    }

    public Storage Storage { get; }

    /// <summary>Where the window starts, in elements.</summary>
    public long Offset { get; }

    /// <summary>Never written after construction, so values share it freely.</summary>
    public long[] Shape { get; }

    public ScalarType Type { get; }

    public long Count { get; }

    public bool IsContiguous { get; }

    public int Rank => Shape.Length;

    public long[] Strides => _strides ??= Shapes.ContiguousStrides(Shape);

    /// <summary>The first byte of the window.</summary>
    public byte* Start => Storage.Pointer + Offset * ElementType.Size(Type);

    public float* Floats => (float*)Storage.Pointer + Offset;

    public T* Pointer<T>() where T : unmanaged => (T*)Storage.Pointer + Offset;

    /// <summary>A fresh value with undefined contents.</summary>
    public static TensorValue Allocate(long[] shape, ScalarType type = ScalarType.Float32) =>
        new(Storage.Allocate(Shapes.Count(shape) * ElementType.Size(type)), 0, shape, null, type);

    public static TensorValue Zeros(long[] shape, ScalarType type = ScalarType.Float32)
    {
        var value = Allocate(shape, type);
        value.Storage.Clear();
        return value;
    }

    public static TensorValue Over(Storage storage, long[] shape, ScalarType type) => new(storage, 0, shape, null, type);

    /// <summary>Another window on the same storage, outside the graph.</summary>
    public TensorValue Window(long[] shape, long[]? strides, long offset)
    {
        Storage.Retain();
        return new TensorValue(Storage, offset, shape, strides, Type);
    }

    /// <summary>The same window, outside the graph.</summary>
    public TensorValue Detached() => Window(Shape, _strides, Offset);

    /// <summary>The same value with one more reference.</summary>
    public TensorValue Shared()
    {
        Retain();
        return this;
    }

    /// <summary>This value if its elements lie in row-major order, else a copy in which they do; never recorded.</summary>
    public TensorValue Compact() => IsContiguous ? Shared() : Operators.Copying.Contiguous(this);

    public void Dispose() => Release();

    protected override void OnLastRelease()
    {
        ReleaseHistory();
        Storage.Release();
    }
}
