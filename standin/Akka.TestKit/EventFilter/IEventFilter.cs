using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides which logged events a test swallows.</summary>
public interface IEventFilter
{
    bool Apply(LogEvent logEvent);
}

/// <summary>A filter that swallows until it is told to stop.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
