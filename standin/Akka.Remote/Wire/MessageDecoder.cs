using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>
/// Reads the messages of one connection. Whatever is wrong with a frame is either a <see cref="WireException"/>, after which
/// nothing on the connection can be trusted, or some other exception that concerns this message alone.
/// </summary>
internal sealed class MessageDecoder(Remoting remoting, Address peer)
{
    private readonly Recipient[] _recipients = new Recipient[Slots.Count];
    private readonly Sender[] _senders = new Sender[Slots.Count];
    private readonly string[] _manifests = new string[Slots.Count];
    private readonly RootActorPath _peerRoot = new(peer);

    /// <summary>All of the message but its content, so that who cannot be told need not be deserialized for.</summary>
    public Head ReadHead(ref WireReader reader)
    {
        var recipient = ReadRecipient(ref reader);
        var sender = ReadSender(ref reader);
        var serializer = reader.ReadVarInt32();
        return new Head(recipient, sender, serializer, ReadManifest(ref reader));
    }

    public object ReadMessage(in Head head, ReadOnlySpan<byte> payload)
    {
        var content = GC.AllocateUninitializedArray<byte>(payload.Length);
        payload.CopyTo(content);
        return remoting.System.Serialization.DeserializeInTransport(content, head.Serializer, head.Manifest);
    }

    private static string[] Split(string path) => path.StartsWith('/')
        ? path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        : throw new WireException("a path without a beginning");

    private static int ReadSlot(ref WireReader reader)
    {
        var slot = reader.ReadVarUInt32();
        return slot < Slots.Count ? (int)slot : throw new WireException("an abbreviation out of range");
    }

    private static int ToSlot(uint code) =>
        code - Slots.First < Slots.Count ? (int)(code - Slots.First) : throw new WireException("an abbreviation out of range");

    private IInternalActorRef ReadRecipient(ref WireReader reader)
    {
        var code = reader.ReadVarUInt32();
        switch (code)
        {
            case Slots.Nothing:
                throw new WireException("a message to nobody");
            case Slots.Literal:
                return remoting.Provider.ResolveLocal(Split(reader.ReadString()));
            case Slots.Define:
                var slot = ReadSlot(ref reader);
                _recipients[slot] = new Recipient(Split(reader.ReadString()), null);
                return Resolve(ref _recipients[slot]);
            default:
                ref var known = ref _recipients[ToSlot(code)];
                return known.Path is null ? throw new WireException("an abbreviation that was not defined") : Resolve(ref known);
        }
    }

    /// <summary>A name can pass to another actor, or to one at all, so only one that lives is remembered.</summary>
    private IInternalActorRef Resolve(ref Recipient recipient)
    {
        if (recipient.Actor is { IsTerminated: false } alive)
        {
            return alive;
        }

        var actor = remoting.Provider.ResolveLocal(recipient.Path);
        recipient = recipient with { Actor = actor as LocalActorRef };
        return actor;
    }

    private IActorRef ReadSender(ref WireReader reader)
    {
        var code = reader.ReadVarUInt32();
        switch (code)
        {
            case Slots.Nothing:
                return ActorRefs.NoSender;
            case Slots.Literal:
                return ResolveSender(reader.ReadString());
            case Slots.Define:
                var slot = ReadSlot(ref reader);
                _senders[slot] = new Sender(reader.ReadString(), null);
                return Resolve(ref _senders[slot]);
            default:
                ref var known = ref _senders[ToSlot(code)];
                return known.Path is null ? throw new WireException("an abbreviation that was not defined") : Resolve(ref known);
        }
    }

    private IActorRef Resolve(ref Sender sender)
    {
        if (sender.Actor is not null)
        {
            return sender.Actor;
        }

        var actor = ResolveSender(sender.Path);
        sender = sender with { Actor = actor as RemoteActorRef };
        return actor;
    }

    private IActorRef ResolveSender(string path) => path.StartsWith('/')
        ? new RemoteActorRef(
            remoting, remoting.DefaultAddress, _peerRoot / Split(path), ActorRefs.Nobody, Props.None, Deploy.None)
        : remoting.Provider.ResolveActorRef(path);

    private string ReadManifest(ref WireReader reader)
    {
        var code = reader.ReadVarUInt32();
        switch (code)
        {
            case Slots.Nothing:
                return "";
            case Slots.Literal:
                return reader.ReadString();
            case Slots.Define:
                var slot = ReadSlot(ref reader);
                return _manifests[slot] = reader.ReadString();
            default:
                return _manifests[ToSlot(code)] ?? throw new WireException("an abbreviation that was not defined");
        }
    }

    /// <summary>What stands before the content of a message.</summary>
    public readonly record struct Head(IInternalActorRef Recipient, IActorRef Sender, int Serializer, string Manifest);

    private readonly record struct Recipient(string[] Path, LocalActorRef Actor);

    private readonly record struct Sender(string Path, RemoteActorRef Actor);
}
