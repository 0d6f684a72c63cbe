using System.Buffers;
using System.Buffers.Binary;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Wire;

/// <summary>Writes the messages of one connection as frames.</summary>
internal sealed class MessageEncoder(Remoting remoting)
{
    private readonly WireWriter _header = new();
    private readonly SlotWriter<IActorRef> _recipients = new();
    private readonly SlotWriter<IActorRef> _senders = new();
    private readonly SlotWriter<string> _manifests = new();

    /// <summary>Serializes a message and writes it; not if the frame would be longer than allowed.</summary>
    /// <exception cref="OversizedPayloadException">It would be.</exception>
    public void Write(IBufferWriter<byte> output, in OutboundEnvelope envelope, long number)
    {
        ForgetDefinitions();
        var message = envelope.Message;
        var serializer = remoting.System.Serialization.FindSerializerFor(message);
        var payload = serializer.ToBinary(message) ?? [];
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);

        _header.Clear();
        if (number > 0)
        {
            _header.WriteByte((byte)FrameKind.SystemMessage);
            _header.WriteVarUInt64((ulong)number);
        }
        else
        {
            _header.WriteByte((byte)FrameKind.Message);
        }

        WriteRecipient(envelope.Recipient);
        WriteSender(envelope.Sender);
        _header.WriteVarInt32(serializer.Identifier);
        WriteManifest(manifest);

        var length = _header.Length + payload.Length;
        if (length > remoting.Tcp.MaximumFrameSize)
        {
            throw new OversizedPayloadException(
                $"Discarding oversized payload sent to {envelope.Recipient}: max allowed size {remoting.Tcp.MaximumFrameSize} bytes, "
                + $"actual size of encoded {message.GetType()} was {length} bytes.");
        }

        if (length > remoting.Tcp.LogFrameSizeExceeding)
        {
            remoting.Log.Debug("Message of type {0} to {1} takes {2} bytes", message.GetType(), envelope.Recipient, length);
        }

        _recipients.Keep();
        _senders.Keep();
        _manifests.Keep();
        WriteFrame(output, _header.Written, payload);
    }

    public static void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var span = output.GetSpan(FrameSplitter.LengthSize + head.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span, head.Length + tail.Length);
        head.CopyTo(span[FrameSplitter.LengthSize..]);
        output.Advance(FrameSplitter.LengthSize + head.Length);
        if (tail.Length > 0)
        {
            output.Write(tail);
        }
    }

    public static bool IsTemporary(ActorPath path) => path.Parent is { Name: "temp", Parent.Parent: null };

    private static string Names(ActorPath path) => "/" + string.Join('/', path.ElementsWithUid);

    /// <summary>Of a message that was not written, however it failed.</summary>
    private void ForgetDefinitions()
    {
        _recipients.Forget();
        _senders.Forget();
        _manifests.Forget();
    }

    private void WriteRecipient(RemoteActorRef recipient)
    {
        // The connection itself says which system is meant.
        if (IsTemporary(recipient.Path))
        {
            _header.WriteVarUInt64(Slots.Literal);
            _header.WriteString(Names(recipient.Path));
        }
        else if (_recipients.TryFind(recipient, out var slot))
        {
            _header.WriteVarUInt64(Slots.First + (uint)slot);
        }
        else
        {
            _recipients.Define(slot, recipient);
            WriteDefinition(slot, Names(recipient.Path));
        }
    }

    private void WriteSender(IActorRef sender)
    {
        if (sender is null or Nobody or DeadLetterActorRef)
        {
            _header.WriteVarUInt64(Slots.Nothing);
        }
        else if (IsTemporary(sender.Path))
        {
            _header.WriteVarUInt64(Slots.Literal);
            _header.WriteString(SenderName(sender));
        }
        else if (_senders.TryFind(sender, out var slot))
        {
            _header.WriteVarUInt64(Slots.First + (uint)slot);
        }
        else
        {
            _senders.Define(slot, sender);
            WriteDefinition(slot, SenderName(sender));
        }
    }

    /// <summary>Without an address if it is of this system.</summary>
    private string SenderName(IActorRef sender)
    {
        if (sender is not IInternalActorRef { IsLocal: true } local)
        {
            return sender.Path.ToSerializationFormat();
        }

        return ReferenceEquals(local.Provider, remoting.Provider)
            ? Names(sender.Path)
            : Akka.Serialization.Serialization.SerializedActorPath(sender);
    }

    private void WriteManifest(string manifest)
    {
        if (string.IsNullOrEmpty(manifest))
        {
            _header.WriteVarUInt64(Slots.Nothing);
        }
        else if (_manifests.TryFind(manifest, out var slot))
        {
            _header.WriteVarUInt64(Slots.First + (uint)slot);
        }
        else
        {
            _manifests.Define(slot, manifest);
            WriteDefinition(slot, manifest);
        }
    }

    private void WriteDefinition(int slot, string text)
    {
        _header.WriteVarUInt64(Slots.Define);
        _header.WriteVarUInt64((uint)slot);
        _header.WriteString(text);
    }
}
