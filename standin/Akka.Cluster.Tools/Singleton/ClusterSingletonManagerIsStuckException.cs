using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The other side of a hand-over did not answer for too long. The manager is restarted, and tries again from the start.</summary>
public sealed class ClusterSingletonManagerIsStuckException : AkkaException
{
    public ClusterSingletonManagerIsStuckException(string message)
        : base(message)
    {
    }
}
