using System.Runtime.InteropServices;
using TorchSharp.Memory;

namespace TorchSharp.Tensors;

/// <summary>
/// A buffer shared by a tensor and its views. Every write in place raises <see cref="Version"/>, so that
/// differentiation notices when a value it kept is no longer what it was.
/// </summary>
internal sealed unsafe class Storage : Counted
{
    private GCHandle _pin;

    private Storage(byte* pointer, long byteCount)
    {
        Pointer = pointer;
        ByteCount = byteCount;
    }

    public byte* Pointer { get; }

    public long ByteCount { get; }

    public int Version { get; private set; }

    public static Storage Allocate(long byteCount) => new((byte*)BufferPool.Rent(byteCount), byteCount);

    /// <summary>A storage that is the memory of a managed array.</summary>
    public static Storage Over(Array array, long byteCount)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new Storage((byte*)pin.AddrOfPinnedObject(), byteCount) { _pin = pin };
    }

    public void Written() => Version++;

    public void Clear() => NativeMemory.Clear(Pointer, (nuint)ByteCount);

    protected override void OnLastRelease()
    {
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
        else
        {
            BufferPool.Return((nint)Pointer, ByteCount);
        }
    }
}
