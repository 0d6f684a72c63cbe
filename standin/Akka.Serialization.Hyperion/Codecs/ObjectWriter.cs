using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization.Codecs;

/// <summary>What stands before an object.</summary>
internal enum Mark : byte
{
    Null = 0,

    /// <summary>The number of an object that was written before.</summary>
    Again = 1,

    /// <summary>The class and the content.</summary>
    Object = 2,

    /// <summary>An object that stands for another.</summary>
    Surrogate = 3,
}

/// <summary>Writes one message.</summary>
internal sealed class ObjectWriter(ExtendedActorSystem system, HyperionSerializerSettings settings, CodecRegistry codecs, TypeNames names)
{
    /// <summary>Deeper than any message, and far from the end of a stack.</summary>
    public const int MaxDepth = 200;

    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> _types = [];
    private byte[] _buffer = new byte[256];
    private int _length;
    private int _depth;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public void WriteByte(byte value) => Room(1)[0] = value;

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void WriteCount(int count)
    {
        var value = (uint)count;
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteCount(length);
        Encoding.UTF8.GetBytes(text, Room(length));
    }

    /// <summary>Writes a value of a declared type: whole if the type says all, as an object otherwise.</summary>
    public void WriteValue(Codec declared, object value)
    {
        if (declared is { IsInline: true })
        {
            declared.Write(this, value);
        }
        else
        {
            WriteObject(value);
        }
    }

    public void WriteObject(object value)
    {
        if (value is null)
        {
            WriteByte((byte)Mark.Null);
            return;
        }

        if (++_depth > MaxDepth)
        {
            throw new SerializationException($"A message of more than {MaxDepth} objects within each other cannot travel");
        }

        if (value is ISurrogated surrogated)
        {
            WriteByte((byte)Mark.Surrogate);
            WriteObject(surrogated.ToSurrogate(system));
        }
        else
        {
            WriteContent(value);
        }

        _depth--;
    }

    private void WriteContent(object value)
    {
        var type = value.GetType();
        if (settings.PreserveObjectReferences && !type.IsValueType)
        {
            if (_objects.TryGetValue(value, out var number))
            {
                WriteByte((byte)Mark.Again);
                WriteCount(number);
                return;
            }

            _objects.Add(value, _objects.Count);
        }

        var codec = codecs.For(type);
        WriteByte((byte)Mark.Object);
        WriteType(type, codec);
        codec.Write(this, value);
    }

    private void WriteType(Type type, Codec codec)
    {
        if (_types.TryGetValue(type, out var number))
        {
            WriteCount(number + 1);
            return;
        }

        _types.Add(type, _types.Count);
        WriteCount(0);
        if (CodecRegistry.NumberOf(type) is { } basic)
        {
            WriteByte(basic);
            return;
        }

        WriteByte(0);
        WriteText(names.NameOf(type));
        if (settings.VersionTolerance)
        {
            WriteText(codec.Shape);
        }
    }

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        var room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
