using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>For messages on their way along a selection.</summary>
public class MessageContainerSerializer : Serializer
{
    private const byte Parent = 0;
    private const byte ChildName = 1;
    private const byte ChildPattern = 2;
    private const byte Descendants = 3;

    public MessageContainerSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var selection = obj as ActorSelectionMessage
            ?? throw new ArgumentException($"Cannot serialize object of type [{obj?.GetType()}]", nameof(obj));
        var writer = new WireWriter();
        writer.WriteByte(selection.WildCardFanOut ? (byte)1 : (byte)0);
        writer.WriteVarUInt64((ulong)selection.Elements.Length);
        foreach (var element in selection.Elements)
        {
            Write(writer, element);
        }

        NestedPayload.Write(writer, system, selection.Message);
        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        var reader = new WireReader(bytes);
        var fansOut = reader.ReadByte() != 0;
        var elements = new List<SelectionPathElement>();
        for (var left = reader.ReadVarUInt32(); left > 0; left--)
        {
            elements.Add(Read(ref reader));
        }

        return new ActorSelectionMessage(NestedPayload.Read(ref reader, system), [.. elements], fansOut);
    }

    private static void Write(WireWriter writer, SelectionPathElement element)
    {
        switch (element)
        {
            case SelectParent:
                writer.WriteByte(Parent);
                break;
            case SelectChildName child:
                writer.WriteByte(ChildName);
                writer.WriteString(child.Name);
                break;
            case SelectChildPattern pattern:
                writer.WriteByte(ChildPattern);
                writer.WriteString(pattern.PatternStr);
                break;
            case SelectChildRecursive:
                writer.WriteByte(Descendants);
                break;
            default:
                throw new ArgumentException($"Cannot serialize [{element}]", nameof(element));
        }
    }

    private static SelectionPathElement Read(ref WireReader reader) => reader.ReadByte() switch
    {
        Parent => SelectParent.Instance,
        ChildName => new SelectChildName(reader.ReadString()),
        ChildPattern => new SelectChildPattern(reader.ReadString()),
        Descendants => SelectChildRecursive.Instance,
        var other => throw new NotSupportedException($"step {other} of a selection is unknown"),
    };
}
