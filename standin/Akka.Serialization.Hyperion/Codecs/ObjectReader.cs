using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization.Codecs;

/// <summary>Reads one message, and believes nothing in it.</summary>
internal sealed class ObjectReader(
    byte[] bytes, ExtendedActorSystem system, HyperionSerializerSettings settings, CodecRegistry codecs, TypeNames names)
{
    private static readonly object Unfinished = new();

    private readonly List<object> _objects = [];
    private readonly List<(Type Type, Codec Codec)> _types = [];
    private int _at;
    private int _depth;

    public int Left => bytes.Length - _at;

    public byte ReadByte() => Take(1)[0];

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Left)
        {
            throw new SerializationException("The message ends too early");
        }

        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    public int ReadCount()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = ReadByte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw new SerializationException("A count out of range");
            }
        }

        throw new SerializationException("A count without end");
    }

    /// <summary>A number of things, each of which takes at least one byte: not more than are left.</summary>
    public int ReadSize(int bytesEach = 1)
    {
        var count = ReadCount();
        return (long)count * bytesEach <= Left ? count : throw new SerializationException("More elements than the message is long");
    }

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public string ReadText() => Encoding.UTF8.GetString(Take(ReadSize()));

    public object ReadValue(Codec declared) => declared is { IsInline: true } ? declared.Read(this) : ReadObject();

    public object ReadObject()
    {
        if (++_depth > ObjectWriter.MaxDepth)
        {
            throw new SerializationException($"More than {ObjectWriter.MaxDepth} objects within each other");
        }

        var value = (Mark)ReadByte() switch
        {
            Mark.Null => null,
            Mark.Again => ReadAgain(),
            Mark.Object => ReadContent(),
            Mark.Surrogate => ReadSurrogate(),
            var mark => throw new SerializationException($"{(byte)mark} is no beginning of an object"),
        };
        _depth--;
        return value;
    }

    public void ExpectEnd()
    {
        if (Left > 0)
        {
            throw new SerializationException($"{Left} bytes are left over");
        }
    }

    /// <summary>Makes an object known before its content is read, so that the content can refer to it.</summary>
    public void Announce(object value)
    {
        if (_announced >= 0)
        {
            _objects[_announced] = value;
            _announced = -1;
        }
    }

    private int _announced = -1;

    private object ReadAgain()
    {
        var number = ReadCount();
        var value = number < _objects.Count ? _objects[number] : throw new SerializationException("A reference to an object that did not come before");
        return ReferenceEquals(value, Unfinished)
            ? throw new SerializationException("An object that holds itself in a way that cannot be read")
            : value;
    }

    private object ReadSurrogate() => ReadObject() is ISurrogate surrogate
        ? surrogate.FromSurrogate(system)
        : throw new SerializationException("A surrogate that is none");

    private object ReadContent()
    {
        var (type, codec) = ReadType();
        var number = -1;
        if (settings.PreserveObjectReferences && !type.IsValueType)
        {
            number = _objects.Count;
            _objects.Add(Unfinished);
        }

        _announced = number;
        var value = codec.Read(this);
        if (number >= 0)
        {
            _objects[number] = value;
        }

        return value;
    }

    private (Type Type, Codec Codec) ReadType()
    {
        var number = ReadCount();
        if (number > 0)
        {
            return number <= _types.Count ? _types[number - 1] : throw new SerializationException("A class that was not named before");
        }

        var basic = ReadByte();
        var type = basic > 0 ? CodecRegistry.TypeOf(basic) : names.Find(ReadText());
        var codec = codecs.For(type);
        if (basic == 0 && settings.VersionTolerance && ReadText() is var shape && shape != codec.Shape)
        {
            throw new SerializationException($"[{type}] has the fields [{codec.Shape}] here and had [{shape}] where it was written");
        }

        _types.Add((type, codec));
        return (type, codec);
    }
}
