using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>A logger whose output event filters can swallow.</summary>
public class TestEventListener : DefaultLogger
{
    private static readonly Type[] Topics = [typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage)];

    private readonly List<IEventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var topic in Topics)
                {
                    initialize.LoggingBus.Subscribe(Self, topic);
                }

                return base.Receive(message);
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters)
                {
                    _filters.Remove(filter);
                }

                return true;
            case LogEvent logEvent:
                PrintUnlessMuted(logEvent, logEvent);
                return true;
            case DeadLetter letter:
                PrintUnlessMuted(letter);
                return true;
            default:
                Print(new Debug(Context.System.Name, GetType(), message));
                return true;
        }
    }

    private void PrintUnlessMuted(DeadLetter letter)
    {
        if (letter.Message is Terminate)
        {
            return;
        }

        var text = letter.Message is ISystemMessage
            ? $"Received dead system message: {letter.Message}"
            : $"Received dead letter from {letter.Sender}: {letter.Message}";
        var source = letter.Recipient.Path.ToString();
        var type = letter.Recipient.GetType();
        PrintUnlessMuted(
            new Warning(source, type, letter),
            new Warning(source, type, new DeadLetter(text, letter.Sender, letter.Recipient)));
    }

    private void PrintUnlessMuted(LogEvent filtered, LogEvent printed)
    {
        if (!_filters.Exists(filter => filter.Apply(filtered)))
        {
            Print(printed);
        }
    }
}
