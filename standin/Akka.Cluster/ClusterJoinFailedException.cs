using Akka.Actor;

namespace Akka.Cluster;

/// <summary>A node could not join.</summary>
public class ClusterJoinFailedException : AkkaException
{
    public ClusterJoinFailedException(string message)
        : base(message)
    {
    }
}
