using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Serialization;

/// <summary>A message inside another one: its serializer, its manifest, its bytes.</summary>
internal static class NestedPayload
{
    /// <summary>No honest message is wrapped so often. Without a limit, a forged one could exhaust the stack.</summary>
    private const int MaxDepth = 16;

    [ThreadStatic]
    private static int _depth;

    public static void Write(WireWriter writer, ExtendedActorSystem system, object payload)
    {
        var serializer = system.Serialization.FindSerializerFor(payload);
        var bytes = serializer.ToBinary(payload) ?? [];
        writer.WriteVarInt32(serializer.Identifier);
        writer.WriteString(Akka.Serialization.Serialization.ManifestFor(serializer, payload));
        writer.WriteVarUInt64((ulong)bytes.Length);
        writer.WriteBytes(bytes);
    }

    public static object Read(ref WireReader reader, ExtendedActorSystem system)
    {
        var identifier = reader.ReadVarInt32();
        var manifest = reader.ReadString();
        var length = reader.ReadVarUInt32();
        var bytes = reader.Take(length <= int.MaxValue ? (int)length : int.MaxValue).ToArray();
        if (_depth >= MaxDepth)
        {
            throw new NotSupportedException($"messages wrapped more than {MaxDepth} times");
        }

        _depth++;
        try
        {
            return system.Serialization.Deserialize(bytes, identifier, manifest);
        }
        finally
        {
            _depth--;
        }
    }
}
