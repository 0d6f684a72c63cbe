using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Serialization;

/// <summary>Reads and writes what the cluster's actors say to each other.</summary>
public class ClusterMessageSerializer : SerializerWithStringManifest
{
    private const string InitJoinManifest = "IJ";
    private const string InitJoinAckManifest = "IJA";
    private const string InitJoinNackManifest = "IJN";
    private const string JoinManifest = "J";
    private const string WelcomeManifest = "W";
    private const string LeaveManifest = "L";
    private const string DownManifest = "D";
    private const string HeartbeatManifest = "HB";
    private const string HeartbeatRspManifest = "HBR";
    private const string ExitingConfirmedManifest = "EC";
    private const string GossipStatusManifest = "GS";
    private const string GossipEnvelopeManifest = "GE";

    public ClusterMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        Heartbeat => HeartbeatManifest,
        HeartbeatRsp => HeartbeatRspManifest,
        GossipEnvelope => GossipEnvelopeManifest,
        GossipStatus => GossipStatusManifest,
        JoinProtocol.Join => JoinManifest,
        JoinProtocol.Welcome => WelcomeManifest,
        JoinProtocol.InitJoin => InitJoinManifest,
        JoinProtocol.InitJoinAck => InitJoinAckManifest,
        JoinProtocol.InitJoinNack => InitJoinNackManifest,
        ClusterUserAction.Leave => LeaveManifest,
        ClusterUserAction.Down => DownManifest,
        ExitingConfirmed => ExitingConfirmedManifest,
        _ => throw NotOurs(o),
    };

    public override byte[] ToBinary(object obj)
    {
        var to = new WireWriter();
        switch (obj)
        {
            case Heartbeat heartbeat:
                to.Address(heartbeat.From);
                to.Long(heartbeat.SequenceNr);
                to.Long(heartbeat.CreationTimeNanos);
                break;
            case HeartbeatRsp answer:
                to.Node(answer.From);
                to.Long(answer.SequenceNr);
                to.Long(answer.CreationTimeNanos);
                break;
            case GossipEnvelope envelope:
                to.Node(envelope.From);
                to.Node(envelope.To);
                GossipFormat.Write(to, envelope.Gossip);
                break;
            case GossipStatus status:
                to.Node(status.From);
                GossipFormat.WriteClock(to, status.Version);
                break;
            case JoinProtocol.Join join:
                to.Node(join.Node);
                to.List(join.Roles, to.Text);
                to.Text(join.AppVersion.Version);
                break;
            case JoinProtocol.Welcome welcome:
                to.Node(welcome.From);
                GossipFormat.Write(to, welcome.Gossip);
                break;
            case JoinProtocol.InitJoin:
                break;
            case JoinProtocol.InitJoinAck ack:
                to.Address(ack.Address);
                break;
            case JoinProtocol.InitJoinNack nack:
                to.Address(nack.Address);
                break;
            case ClusterUserAction.Leave leave:
                to.Address(leave.Address);
                break;
            case ClusterUserAction.Down down:
                to.Address(down.Address);
                break;
            case ExitingConfirmed confirmed:
                to.Node(confirmed.Address);
                break;
            default:
                throw NotOurs(obj);
        }

        return to.ToArray();
    }

    /// <exception cref="SerializationException">The bytes are not what the manifest says.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var from = new WireReader(bytes);
        object message = manifest switch
        {
            HeartbeatManifest => new Heartbeat(from.Address(), from.Long(), from.Long()),
            HeartbeatRspManifest => new HeartbeatRsp(from.Node(), from.Long(), from.Long()),
            GossipEnvelopeManifest => new GossipEnvelope(from.Node(), from.Node(), GossipFormat.Read(from)),
            GossipStatusManifest => new GossipStatus(from.Node(), GossipFormat.ReadClock(from)),
            JoinManifest => new JoinProtocol.Join(from.Node(), [.. from.List(from.Text)], GossipFormat.ReadVersion(from)),
            WelcomeManifest => new JoinProtocol.Welcome(from.Node(), GossipFormat.Read(from)),
            InitJoinManifest => new JoinProtocol.InitJoin(),
            InitJoinAckManifest => new JoinProtocol.InitJoinAck(from.Address()),
            InitJoinNackManifest => new JoinProtocol.InitJoinNack(from.Address()),
            LeaveManifest => new ClusterUserAction.Leave(from.Address()),
            DownManifest => new ClusterUserAction.Down(from.Address()),
            ExitingConfirmedManifest => new ExitingConfirmed(from.Node()),
            _ => throw new SerializationException($"Unknown manifest [{manifest}] in {nameof(ClusterMessageSerializer)}"),
        };
        from.End();
        return message;
    }

    private static ArgumentException NotOurs(object o) => new($"{nameof(ClusterMessageSerializer)} can't serialize [{o?.GetType()}]", nameof(o));
}
