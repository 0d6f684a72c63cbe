using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>The frames with which a connection begins.</summary>
internal static class Greeting
{
    public const int Limit = 4096;

    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "AKKA-S"u8;

    public static void WriteHello(WireWriter writer, Address own, int uid, Address target)
    {
        Begin(writer, FrameKind.Hello);
        writer.WriteInt32(uid);
        writer.WriteString(own.ToString());
        writer.WriteString(target.ToString());
    }

    public static void WriteWelcome(WireWriter writer, int uid)
    {
        Begin(writer, FrameKind.Welcome);
        writer.WriteInt32(uid);
    }

    public static void WriteRefused(WireWriter writer, Farewell reason, string text)
    {
        Begin(writer, FrameKind.Refused);
        writer.WriteByte((byte)reason);
        writer.WriteString(text);
    }

    /// <exception cref="WireException">It is no hello.</exception>
    public static (Address Origin, int Uid, string Target) ReadHello(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        if (Expect(ref reader) != FrameKind.Hello)
        {
            throw new WireException("a first frame that is no greeting");
        }

        var uid = reader.ReadInt32();
        var origin = ReadAddress(ref reader);
        return (origin, uid, reader.ReadString());
    }

    /// <exception cref="WireException">It is no answer to a hello.</exception>
    public static (int? Uid, Farewell Reason, string Text) ReadAnswer(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        return Expect(ref reader) switch
        {
            FrameKind.Welcome => (reader.ReadInt32(), default, null),
            FrameKind.Refused => (null, (Farewell)reader.ReadByte(), reader.ReadString()),
            var kind => throw new WireException($"an answer of kind {(byte)kind} to a greeting"),
        };
    }

    private static void Begin(WireWriter writer, FrameKind kind)
    {
        writer.Clear();
        writer.WriteByte((byte)kind);
        writer.WriteBytes(Magic);
        writer.WriteByte(Version);
    }

    private static FrameKind Expect(ref WireReader reader)
    {
        var kind = (FrameKind)reader.ReadByte();
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw new WireException("a greeting in another language");
        }

        var version = reader.ReadByte();
        return version == Version ? kind : throw new WireException($"a greeting of version {version}, known is {Version}");
    }

    private static Address ReadAddress(ref WireReader reader)
    {
        var text = reader.ReadString();
        return Address.TryParse(text, out Address address) && address.HasGlobalScope && address.Port is not null
            ? address
            : throw new WireException("a greeting without an address");
    }
}
