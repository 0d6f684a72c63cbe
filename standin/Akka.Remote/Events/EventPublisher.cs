using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Publishes lifecycle events, and logs those that <c>log-remote-lifecycle-events</c> lets pass.</summary>
internal sealed class EventPublisher(ActorSystem system, ILoggingAdapter log, string lowestLevel)
{
    private readonly LogLevel? _lowest = lowestLevel.ToLowerInvariant() is "off" or "false" or "no" ? null : Logging.LogLevelFor(lowestLevel);

    public void Notify(RemotingLifecycleEvent happening)
    {
        system.EventStream.Publish(happening);
        if (_lowest is { } lowest && happening.LogLevel() >= lowest)
        {
            log.Log(happening.LogLevel(), null, happening.ToString());
        }
    }
}
