using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Answers heartbeats.</summary>
internal sealed class ClusterHeartbeatReceiver : ReceiveActor
{
    public ClusterHeartbeatReceiver(Cluster cluster) => Receive<Heartbeat>(heartbeat =>
        Sender.Tell(new HeartbeatRsp(cluster.SelfUniqueAddress, heartbeat.SequenceNr, heartbeat.CreationTimeNanos)));
}
