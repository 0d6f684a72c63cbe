using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>Asks a member whether it lives.</summary>
internal sealed record Heartbeat(Address From, long SequenceNr, long CreationTimeNanos)
    : IClusterMessage, IPriorityMessage, IDeadLetterSuppression;

/// <summary>It does.</summary>
internal sealed record HeartbeatRsp(UniqueAddress From, long SequenceNr, long CreationTimeNanos)
    : IClusterMessage, IPriorityMessage, IDeadLetterSuppression;
