using System.Buffers.Binary;
using System.Text;

namespace FedActors.Actors.Transfer;

/// <summary>
/// Answer to a <see cref="TransferProtocol.ChunkRequest"/>: some bytes of a vector. It is kept in the form in which it
/// travels, so that the bytes are copied once on either side: length of the name (2), name (UTF-8), offset (8), bytes;
/// numbers are little-endian.
/// </summary>
public sealed class Chunk
{
    private const int LongestName = 200;

    private readonly byte[] _frame;
    private readonly int _start;

    private Chunk(byte[] frame, string name, long offset, int start)
    {
        _frame = frame;
        _start = start;
        Name = name;
        Offset = offset;
    }

    /// <summary>The vector that it is a part of.</summary>
    public string Name { get; }

    /// <summary>The vector's byte that it begins with.</summary>
    public long Offset { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _frame.AsSpan(_start);

    /// <summary>Makes a chunk of a copy of <paramref name="bytes"/>.</summary>
    /// <param name="name">The vector's name, at most 200 bytes of UTF-8.</param>
    /// <param name="offset">The vector's byte that they begin with.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">The name is too long.</exception>
    public static Chunk Create(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        var nameLength = Encoding.UTF8.GetByteCount(name);
        if (nameLength > LongestName)
        {
            throw new ArgumentException($"The name of a vector may have {LongestName} bytes, not {nameLength}.", nameof(name));
        }

        var start = sizeof(ushort) + nameLength + sizeof(long);
        var frame = GC.AllocateUninitializedArray<byte>(start + bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(frame, (ushort)nameLength);
        Encoding.UTF8.GetBytes(name, frame.AsSpan(sizeof(ushort)));
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(sizeof(ushort) + nameLength), offset);
        bytes.CopyTo(frame.AsSpan(start));
        return new Chunk(frame, name, offset, start);
    }

    /// <summary>Reads a chunk as it travels. The array belongs to the chunk from here on.</summary>
    /// <exception cref="InvalidDataException">The bytes are no chunk.</exception>
    internal static Chunk FromFrame(byte[] frame)
    {
        var nameLength = frame.Length < sizeof(ushort) ? LongestName + 1 : BinaryPrimitives.ReadUInt16LittleEndian(frame);
        var start = sizeof(ushort) + nameLength + sizeof(long);
        if (nameLength > LongestName || frame.Length < start)
        {
            throw new InvalidDataException($"{frame.Length} bytes are no chunk of a vector.");
        }

        var name = Encoding.UTF8.GetString(frame, sizeof(ushort), nameLength);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(sizeof(ushort) + nameLength));
        return offset >= 0
            ? new Chunk(frame, name, offset, start)
            : throw new InvalidDataException($"A chunk of {name} begins at {offset}.");
    }

    /// <summary>The chunk as it travels. The array must not be written.</summary>
    internal byte[] ToFrame() => _frame;
}
