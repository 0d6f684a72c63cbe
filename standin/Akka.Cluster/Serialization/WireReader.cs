using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;

namespace Akka.Cluster.Serialization;

/// <summary>
/// Reads the parts of cluster messages. Whatever the bytes are, it allocates no more than a small multiple of their number,
/// and throws nothing but <see cref="SerializationException"/>.
/// </summary>
internal sealed class WireReader(byte[] bytes)
{
    private const int MaxText = 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;

    private int Left => bytes.Length - _position;

    public byte Byte() => Take(1)[0];

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public string Text()
    {
        var length = Int();
        if (length is < 0 or > MaxText)
        {
            throw Invalid($"a text of {length} bytes");
        }

        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("a text that is not UTF-8");
        }
    }

    /// <summary>No item takes less than a byte, so that a count can't be larger than what is left.</summary>
    public T[] List<T>(Func<T> read)
    {
        var count = Int();
        if (count < 0 || count > Left)
        {
            throw Invalid($"a list of {count} items in {Left} bytes");
        }

        var items = new List<T>();
        for (var i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return [.. items];
    }

    /// <summary>A value of an enumeration, or an index below <paramref name="count"/>.</summary>
    public int Index(int count)
    {
        var index = Int();
        return index >= 0 && index < count ? index : throw Invalid($"an index {index} of {count}");
    }

    public Address Address()
    {
        var (protocol, system, host, port) = (Text(), Text(), Text(), Int());
        if (protocol.Length == 0 || system.Length == 0 || port is < -1 or > ushort.MaxValue)
        {
            throw Invalid("an impossible address");
        }

        return new Address(protocol, system, host.Length == 0 ? null : host, port < 0 ? null : port);
    }

    public UniqueAddress Node() => new(Address(), Int());

    public void End()
    {
        if (Left > 0)
        {
            throw Invalid($"{Left} bytes too many");
        }
    }

    private static SerializationException Invalid(string what) => new($"A cluster message holds {what}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
        {
            throw Invalid($"{Left} bytes where {count} are needed");
        }

        var taken = bytes.AsSpan(_position, count);
        _position += count;
        return taken;
    }
}
