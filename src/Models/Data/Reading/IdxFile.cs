using System.Buffers.Binary;

namespace FedActors.Models.Data;

/// <summary>Reads the IDX format of MNIST: a magic number, big-endian extents, then bytes.</summary>
internal static class IdxFile
{
    private const int WordBytes = sizeof(int);
    private const int UnsignedByte = 0x08;

    /// <summary>Reads images: [count, rows, columns].</summary>
    public static (ReadOnlyMemory<byte> Pixels, int Count, int Height, int Width) ReadImages(string path)
    {
        var (extents, content) = Read(path, 3, "images");
        return (content, extents[0], extents[1], extents[2]);
    }

    /// <summary>Reads labels: [count], each below <paramref name="classes"/>.</summary>
    public static ReadOnlyMemory<byte> ReadLabels(string path, int classes)
    {
        var (_, labels) = Read(path, 1, "labels");
        var wrong = labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        return wrong < 0
            ? labels
            : throw new CorruptDataException(path, $"label {wrong} is {labels.Span[wrong]}, but the classes are 0 to {classes - 1}.");
    }

    private static (int[] Extents, ReadOnlyMemory<byte> Content) Read(string path, int dimensions, string what)
    {
        var bytes = DataFolder.Read(path);
        var headerBytes = WordBytes * (1 + dimensions);
        if (bytes.Length < headerBytes)
        {
            throw new CorruptDataException(path, $"it has {bytes.Length} bytes, fewer than the {headerBytes} of the header of IDX {what}.");
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var expectedMagic = (uint)((UnsignedByte << 8) | dimensions);
        if (magic != expectedMagic)
        {
            throw new CorruptDataException(path, $"it begins with 0x{magic:X8}, but IDX {what} begin with 0x{expectedMagic:X8}.");
        }

        var extents = new int[dimensions];
        var expected = (UInt128)1;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            var extent = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(WordBytes * (1 + dimension)));
            if (extent is 0 or > int.MaxValue)
            {
                throw new CorruptDataException(path, $"extent {dimension} of its {what} is {extent}.");
            }

            extents[dimension] = (int)extent;
            expected *= extent;
        }

        var found = bytes.Length - headerBytes;
        return expected == (UInt128)found
            ? (extents, bytes.AsMemory(headerBytes))
            : throw new CorruptDataException(
                path, $"its header promises {expected} bytes of {what} ({string.Join("×", extents)}), but {found} follow.");
    }
}
