using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>For the library's own messages between actors.</summary>
public sealed class MiscMessageSerializer : SerializerWithStringManifest
{
    private const string IdentifyManifest = "ID";
    private const string ActorIdentityManifest = "AID";
    private const string ActorRefManifest = "AR";
    private const string PoisonPillManifest = "PP";
    private const string KillManifest = "K";
    private const string SuccessManifest = "SS";
    private const string FailureManifest = "SF";
    private const string HeartbeatManifest = "RWHB";
    private const string HeartbeatRspManifest = "RWHR";

    public MiscMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object obj) => obj switch
    {
        Identify => IdentifyManifest,
        ActorIdentity => ActorIdentityManifest,
        IActorRef => ActorRefManifest,
        PoisonPill => PoisonPillManifest,
        Kill => KillManifest,
        Status.Success => SuccessManifest,
        Status.Failure => FailureManifest,
        RemoteWatcher.Heartbeat => HeartbeatManifest,
        RemoteWatcher.HeartbeatRsp => HeartbeatRspManifest,
        _ => throw Unknown(obj),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Identify identify:
                NestedPayload.Write(writer, system, identify.MessageId);
                break;
            case ActorIdentity identity:
                writer.WriteString(Akka.Serialization.Serialization.SerializedActorPath(identity.Subject is Nobody ? null : identity.Subject));
                NestedPayload.Write(writer, system, identity.MessageId);
                break;
            case IActorRef actor:
                writer.WriteString(Akka.Serialization.Serialization.SerializedActorPath(actor is Nobody ? null : actor));
                break;
            case Status.Success success:
                NestedPayload.Write(writer, system, success.Status);
                break;
            case Status.Failure failure:
                NestedPayload.Write(writer, system, failure.State);
                SerializedException.Write(writer, failure.Cause);
                break;
            case RemoteWatcher.HeartbeatRsp answer:
                writer.WriteInt32(answer.AddressUid);
                break;
            case PoisonPill or Kill or RemoteWatcher.Heartbeat:
                break;
            default:
                throw Unknown(obj);
        }

        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case IdentifyManifest:
                return new Identify(NestedPayload.Read(ref reader, system));
            case ActorIdentityManifest:
                var subject = Resolve(reader.ReadString());
                return new ActorIdentity(NestedPayload.Read(ref reader, system), subject);
            case ActorRefManifest:
                return Resolve(reader.ReadString()) ?? ActorRefs.Nobody;
            case PoisonPillManifest:
                return PoisonPill.Instance;
            case KillManifest:
                return Kill.Instance;
            case SuccessManifest:
                return new Status.Success(NestedPayload.Read(ref reader, system));
            case FailureManifest:
                var state = NestedPayload.Read(ref reader, system);
                return new Status.Failure(SerializedException.Read(ref reader), state);
            case HeartbeatManifest:
                return RemoteWatcher.Heartbeat.Instance;
            case HeartbeatRspManifest:
                return new RemoteWatcher.HeartbeatRsp(reader.ReadInt32());
            default:
                throw new System.Runtime.Serialization.SerializationException(
                    $"Unimplemented deserialization of message with manifest [{manifest}] in [{nameof(MiscMessageSerializer)}]");
        }
    }

    private static ArgumentException Unknown(object obj) => new($"Cannot serialize object of type [{obj?.GetType()}]", nameof(obj));

    private IActorRef Resolve(string path) => path.Length == 0 ? null : system.Serialization.DeserializeActorRef(path);
}
