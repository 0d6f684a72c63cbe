using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Says that a filter swallowed an event.</summary>
public delegate void EventMatched(EventFilterBase eventFilter, LogEvent logEvent);

/// <summary>A filter with conditions on the message and the source.</summary>
public abstract class EventFilterBase : IEventFilter
{
    private readonly IStringMatcher _messageMatcher;
    private readonly IStringMatcher _sourceMatcher;

    protected EventFilterBase(IStringMatcher messageMatcher, IStringMatcher sourceMatcher)
    {
        _messageMatcher = messageMatcher ?? TextMatcher.Any;
        _sourceMatcher = sourceMatcher ?? TextMatcher.Any;
    }

    public event EventMatched EventMatched;

    protected abstract string FilterDescriptiveName { get; }

    public bool Apply(LogEvent logEvent)
    {
        if (!IsMatch(logEvent))
        {
            return false;
        }

        OnEventMatched(logEvent);
        return true;
    }

    public override string ToString()
    {
        string[] conditions = [Condition("Message", _messageMatcher), Condition("Source", _sourceMatcher)];
        var given = string.Join(" and ", conditions.Where(condition => condition is not null));
        return given.Length == 0 ? FilterDescriptiveName : $"{FilterDescriptiveName} when {given}";
    }

    protected abstract bool IsMatch(LogEvent evt);

    protected virtual void OnEventMatched(LogEvent logEvent) => EventMatched?.Invoke(this, logEvent);

    protected bool InternalDoMatch(string src, object msg) =>
        _sourceMatcher.IsMatch(src) && _messageMatcher.IsMatch(msg?.ToString() ?? "null");

    private static string Condition(string what, IStringMatcher matcher) =>
        matcher == TextMatcher.Any ? null : $"{what} {matcher}";
}
