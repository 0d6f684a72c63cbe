using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using Akka.Util;

namespace Akka.Serialization.Codecs;

/// <summary>For classes and structures: all their fields. No constructor runs when one is read.</summary>
internal sealed class FieldsCodec(Type type, CodecRegistry codecs) : Codec
{
    private readonly FieldInfo[] _fields = FieldsOf(type);
    private Codec[] _codecs;
    private string _shape;

    public override bool IsInline => type.IsValueType && !typeof(ISurrogated).IsAssignableFrom(type);

    public override string Shape => _shape ??= string.Join(',', _fields.Select(f => f.Name));

    /// <summary>Found late, for a class may hold itself.</summary>
    private Codec[] Codecs => _codecs ??= [.. _fields.Select(f => codecs.ForField(f.FieldType))];

    public override void Write(ObjectWriter writer, object value)
    {
        var inner = Codecs;
        for (var i = 0; i < _fields.Length; i++)
        {
            writer.WriteValue(inner[i], _fields[i].GetValue(value));
        }
    }

    public override object Read(ObjectReader reader)
    {
        var value = RuntimeHelpers.GetUninitializedObject(type);
        reader.Announce(value);
        var inner = Codecs;
        for (var i = 0; i < _fields.Length; i++)
        {
            var content = reader.ReadValue(inner[i]);
            if (content is not null && !_fields[i].FieldType.IsInstanceOfType(content))
            {
                throw new SerializationException($"[{type}.{_fields[i].Name}] cannot hold a [{content.GetType()}]");
            }

            _fields[i].SetValue(value, content);
        }

        return value;
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (type.IsAbstract || type.IsInterface)
        {
            throw new SerializationException($"There are no objects of class [{type}]");
        }

        var fields = new List<FieldInfo>();
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            fields.AddRange(t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => !f.IsDefined(typeof(NonSerializedAttribute)))
                .OrderBy(f => f.Name, StringComparer.Ordinal));
        }

        return [.. fields];
    }
}
