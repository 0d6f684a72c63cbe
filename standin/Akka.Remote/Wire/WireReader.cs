using System.Buffers.Binary;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Reads numbers and texts, and never beyond the end.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte()
    {
        var value = Take(1)[0];
        return value;
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new WireException("a frame that ends too early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that there is more.</summary>
    public ulong ReadVarUInt64()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new WireException("a number without end");
    }

    public uint ReadVarUInt32()
    {
        var value = ReadVarUInt64();
        return value <= uint.MaxValue ? (uint)value : throw new WireException("a number out of range");
    }

    /// <summary>A signed number, folded so that small ones are short.</summary>
    public int ReadVarInt32()
    {
        var folded = ReadVarUInt32();
        return (int)(folded >> 1) ^ -(int)(folded & 1);
    }

    public string ReadString()
    {
        var length = ReadVarUInt32();
        return length <= (uint)_rest.Length
            ? Encoding.UTF8.GetString(Take((int)length))
            : throw new WireException("a text that ends too early");
    }
}
