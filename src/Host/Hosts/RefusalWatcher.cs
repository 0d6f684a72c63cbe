using Akka.Actor;
using Akka.Event;

namespace FedActors.Host.Hosts;

/// <summary>
/// Counts what the remoting layer refuses: bytes that are no message, types that are not listed, frames that are too
/// large. It says so at first and at powers of ten, so that a flood does not drown everything else.
/// </summary>
internal sealed class RefusalWatcher : UntypedActor
{
    private static readonly string[] Signs = ["erializ", "malformed", "oversized", "frame", "payload"];

    private readonly NodeNarration _narration;
    private long _count;
    private long _next = 1;

    public RefusalWatcher(NodeNarration narration) => _narration = narration;

    public static Props Props(NodeNarration narration) => Akka.Actor.Props.Create(() => new RefusalWatcher(narration));

    /// <summary>Whether a log event tells of something that came, or was to go, and was refused.</summary>
    internal static bool IsRefusal(LogEvent log)
    {
        var text = $"{log.Message} {log.Cause?.Message}";
        return log is Warning or Error && Array.Exists(Signs, sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(Warning));
        Context.System.EventStream.Subscribe(Self, typeof(Error));
        base.PreStart();
    }

    protected override void OnReceive(object message)
    {
        if (message is not LogEvent log || !IsRefusal(log) || ++_count < _next)
        {
            return;
        }

        _next *= 10;
        var reason = $"{log.Message}".Split('\n')[0];
        _narration.Say($"Refused {_count} {(_count == 1 ? "message" : "messages")} so far; the latest: {reason}");
    }
}
