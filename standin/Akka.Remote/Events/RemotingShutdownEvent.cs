using Akka.Event;

namespace Akka.Remote;

/// <summary>The system can no longer be reached, as was asked for.</summary>
public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    public override string ToString() => "Remoting shut down";
}
