using System.Buffers;
using System.Buffers.Binary;

namespace Akka.Remote.Wire;

/// <summary>Cuts a stream of bytes into frames.</summary>
internal static class FrameSplitter
{
    public const int LengthSize = 4;

    /// <summary>Takes the next frame off the buffer, if it is there as a whole. No length is believed beyond the limit.</summary>
    /// <exception cref="WireException">The frame is empty or longer than the limit.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int limit, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < LengthSize)
        {
            return false;
        }

        var length = ReadLength(buffer);
        if (length == 0 || length > (uint)limit)
        {
            throw new WireException($"a frame of {length} bytes, allowed are 1 to {limit}");
        }

        if (buffer.Length < LengthSize + length)
        {
            return false;
        }

        frame = buffer.Slice(LengthSize, length);
        buffer = buffer.Slice(LengthSize + length);
        return true;
    }

    private static uint ReadLength(in ReadOnlySequence<byte> buffer)
    {
        var first = buffer.FirstSpan;
        if (first.Length >= LengthSize)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(first);
        }

        Span<byte> bytes = stackalloc byte[LengthSize];
        buffer.Slice(0, LengthSize).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
