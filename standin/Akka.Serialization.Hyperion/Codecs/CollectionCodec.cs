using System.Runtime.Serialization;

namespace Akka.Serialization.Codecs;

/// <summary>For collections, which are their elements: what they hold inside is their own business, and may differ from run to run.</summary>
internal sealed class CollectionCodec<T>(CodecRegistry codecs, Func<List<T>, object> make) : Codec
{
    private Codec _codec;

    public override void Write(ObjectWriter writer, object value)
    {
        _codec ??= codecs.ForField(typeof(T));
        var items = ((IEnumerable<T>)value).ToArray();
        writer.WriteCount(items.Length);
        foreach (var item in items)
        {
            writer.WriteValue(_codec, item);
        }
    }

    public override object Read(ObjectReader reader)
    {
        _codec ??= codecs.ForField(typeof(T));
        var items = new List<T>(reader.ReadSize());
        var isList = make is null;
        if (isList)
        {
            reader.Announce(items);
        }

        for (var left = items.Capacity; left > 0; left--)
        {
            items.Add(reader.ReadValue(_codec) switch
            {
                T item => item,
                null when default(T) is null => default,
                var other => throw new SerializationException($"A collection of [{typeof(T)}] cannot hold a [{other?.GetType()}]"),
            });
        }

        return isList ? items : make(items);
    }
}
