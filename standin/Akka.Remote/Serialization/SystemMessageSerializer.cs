using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>For messages between cells.</summary>
public sealed class SystemMessageSerializer : Serializer
{
    public SystemMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Watch watch:
                Write(writer, watch.Watchee);
                Write(writer, watch.Watcher);
                break;
            case Unwatch unwatch:
                Write(writer, unwatch.Watchee);
                Write(writer, unwatch.Watcher);
                break;
            case DeathWatchNotification notification:
                Write(writer, notification.Actor);
                writer.WriteByte((byte)((notification.ExistenceConfirmed ? 1 : 0) | (notification.AddressTerminated ? 2 : 0)));
                break;
            case Recreate recreate:
                SerializedException.Write(writer, recreate.Cause);
                break;
            case Resume resume:
                SerializedException.Write(writer, resume.CausedByFailure);
                break;
            case Terminate or Suspend:
                break;
            default:
                throw new ArgumentException($"Cannot serialize object of type [{obj?.GetType()}]", nameof(obj));
        }

        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        var reader = new WireReader(bytes);
        if (type == typeof(Watch))
        {
            return new Watch(Read(ref reader), Read(ref reader));
        }

        if (type == typeof(Unwatch))
        {
            return new Unwatch(Read(ref reader), Read(ref reader));
        }

        if (type == typeof(DeathWatchNotification))
        {
            var actor = Read(ref reader);
            var flags = reader.ReadByte();
            return new DeathWatchNotification(actor, (flags & 1) != 0, (flags & 2) != 0);
        }

        if (type == typeof(Recreate))
        {
            return new Recreate(SerializedException.Read(ref reader));
        }

        if (type == typeof(Resume))
        {
            return new Resume(SerializedException.Read(ref reader));
        }

        return type == typeof(Terminate) ? new Terminate()
            : type == typeof(Suspend) ? new Suspend()
            : throw new System.Runtime.Serialization.SerializationException($"[{type}] is no system message that other systems may send");
    }

    private static void Write(WireWriter writer, IActorRef actor) =>
        writer.WriteString(Akka.Serialization.Serialization.SerializedActorPath(actor));

    private IInternalActorRef Read(ref WireReader reader)
    {
        var path = reader.ReadString();
        return path.Length == 0
            ? throw new System.Runtime.Serialization.SerializationException("a system message about nobody")
            : (IInternalActorRef)system.Serialization.DeserializeActorRef(path);
    }
}
