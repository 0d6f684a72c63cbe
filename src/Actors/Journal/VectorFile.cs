using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>
/// The journal's container: a text and some vectors, closed by a hash (XXH3, 128 bits) over all before, so that a torn or
/// altered record is recognised. Little-endian: magic (8), length of the text (4), text (UTF-8), number of vectors (4), then
/// for each its length (4) and its float32 values; hash (16). Vectors enter the hash by <see cref="ParameterVector.Hash"/>,
/// which is known already of those that came from another host, and tells if they have changed since.
/// </summary>
internal static class VectorFile
{
    private const int HashLength = 16;
    private const int VersionDigits = 2;

    private static ReadOnlySpan<byte> Magic => "FEDACT04"u8;

    public static void Write(Stream stream, ReadOnlySpan<byte> text, IReadOnlyList<ParameterVector> vectors, long seed = 0)
    {
        // What is short is written together: the accepted log has no buffer, and each write is a call of the system.
        var hash = new XxHash128(seed);
        var pending = new ArrayBufferWriter<byte>();
        Put(Magic);
        PutNumber(text.Length);
        Put(text);
        PutNumber(vectors.Count);
        foreach (var vector in vectors)
        {
            PutNumber(vector.Length);
            WritePending();
            hash.Append(Encoding.ASCII.GetBytes(vector.Hash));
            stream.Write(vector.Bytes.Span);
        }

        pending.Write(hash.GetCurrentHash());
        WritePending();

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.Append(bytes);
            pending.Write(bytes);
        }

        void WritePending()
        {
            stream.Write(pending.WrittenSpan);
            pending.ResetWrittenCount();
        }

        void PutNumber(int value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            Put(bytes);
        }
    }

    /// <summary>Reads one record.</summary>
    /// <exception cref="InvalidDataException">The stream does not hold a whole, unaltered record of this seed here.</exception>
    public static (byte[] Text, ParameterVector[] Vectors) Read(Stream stream, long seed = 0)
    {
        var hash = new XxHash128(seed);
        ReadOnlySpan<byte> magic = Take(Magic.Length);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException(magic.StartsWith(Magic[..^VersionDigits])
                ? "The record was written by another version of FedActors, in a form that this one does not read."
                : "The record does not begin as a journal record does.");
        }

        var text = Take(TakeLength(1));
        var vectors = new ParameterVector[TakeLength(1)];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = ParameterVector.OfMessage(ReadBytes(TakeLength(sizeof(float)) * sizeof(float)), 0);
            hash.Append(Encoding.ASCII.GetBytes(vectors[i].Hash));
        }

        var expected = hash.GetHashAndReset();
        Span<byte> found = stackalloc byte[HashLength];
        ReadExactly(found);
        if (!found.SequenceEqual(expected))
        {
            throw new InvalidDataException("The record is not what was written: its hash differs.");
        }

        return (text, vectors);

        // A length is checked against what is left, so that a damaged one can't ask for all the memory.
        int TakeLength(int unit)
        {
            var value = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
            return value >= 0 && (long)value * unit <= stream.Length - stream.Position
                ? value
                : throw new InvalidDataException("The record ends early.");
        }

        byte[] Take(int count)
        {
            var bytes = ReadBytes(count);
            hash.Append(bytes);
            return bytes;
        }

        byte[] ReadBytes(int count)
        {
            var bytes = new byte[count];
            ReadExactly(bytes);
            return bytes;
        }

        void ReadExactly(Span<byte> bytes)
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidDataException("The record ends early.");
            }
        }
    }
}
