using System.Runtime.Serialization;

namespace Akka.Serialization.Codecs;

/// <summary>For arrays of anything but numbers.</summary>
internal sealed class ArrayCodec(Type element, CodecRegistry codecs) : Codec
{
    private Codec _codec;

    public override void Write(ObjectWriter writer, object value)
    {
        var array = (Array)value;
        _codec ??= codecs.ForField(element);
        writer.WriteCount(array.Length);
        foreach (var item in array)
        {
            writer.WriteValue(_codec, item);
        }
    }

    public override object Read(ObjectReader reader)
    {
        var array = Array.CreateInstance(element, reader.ReadSize());
        reader.Announce(array);
        _codec ??= codecs.ForField(element);
        for (var i = 0; i < array.Length; i++)
        {
            var item = reader.ReadValue(_codec);
            if (item is not null && !element.IsInstanceOfType(item))
            {
                throw new SerializationException($"An array of [{element}] cannot hold a [{item.GetType()}]");
            }

            array.SetValue(item, i);
        }

        return array;
    }
}
