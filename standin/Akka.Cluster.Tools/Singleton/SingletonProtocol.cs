using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>A message between the singleton managers of different nodes.</summary>
public interface IClusterSingletonMessage
{
}

/// <summary>The new oldest asks the one before to stop its singleton.</summary>
internal sealed record HandOverToMe : IClusterSingletonMessage, IDeadLetterSuppression
{
    public static readonly HandOverToMe Instance = new();
}

/// <summary>It has begun to.</summary>
internal sealed record HandOverInProgress : IClusterSingletonMessage
{
    public static readonly HandOverInProgress Instance = new();
}

/// <summary>It has done so.</summary>
internal sealed record HandOverDone : IClusterSingletonMessage
{
    public static readonly HandOverDone Instance = new();
}

/// <summary>The oldest, about to go, asks the next one to take over. That one may not have noticed.</summary>
internal sealed record TakeOverFromMe : IClusterSingletonMessage, IDeadLetterSuppression
{
    public static readonly TakeOverFromMe Instance = new();
}

/// <summary>This node is exiting.</summary>
internal sealed class SelfExiting : INoSerializationVerificationNeeded
{
    public static readonly SelfExiting Instance = new();
}
