using System.Buffers.Binary;
using System.Text;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Reads the fields of a message one after another. No length is believed before the bytes are seen to be there, so that
/// a few bytes can't ask for all the memory.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private const int GuidLength = 16;

    private ReadOnlySpan<byte> _rest = bytes;

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public bool Boolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidDataException($"A message says {other} where yes or no is expected."),
    };

    public Guid Guid() => new(Take(GuidLength));

    public string Text()
    {
        var text = Take(Length(1));
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("A text in a message is not UTF-8.", exception);
        }
    }

    public int? OptionalInt32() => Boolean() ? Int32() : null;

    public int[] Int32s()
    {
        var values = new int[Length(sizeof(int))];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Int32();
        }

        return values;
    }

    public string[] Texts()
    {
        var values = new string[Length(sizeof(int))];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Text();
        }

        return values;
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new InvalidDataException($"A message has {_rest.Length} bytes too many.");
        }
    }

    private int Length(int least)
    {
        var length = Int32();
        return length >= 0 && (long)length * least <= _rest.Length
            ? length
            : throw new InvalidDataException($"A message announces {length} items and ends before them.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("A message ends early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
