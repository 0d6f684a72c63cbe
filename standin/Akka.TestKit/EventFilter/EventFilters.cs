using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Matches events of one level.</summary>
internal sealed class LevelFilter<TEvent> : EventFilterBase
    where TEvent : LogEvent
{
    public LevelFilter(IStringMatcher messageMatcher, IStringMatcher sourceMatcher)
        : base(messageMatcher, sourceMatcher)
    {
    }

    protected override string FilterDescriptiveName => typeof(TEvent).Name;

    protected override bool IsMatch(LogEvent evt) => evt is TEvent && InternalDoMatch(evt.LogSource, evt.Message);
}

/// <summary>Matches errors, by the text and the exception that caused them.</summary>
internal sealed class ErrorFilter : EventFilterBase
{
    private readonly Type _exceptionType;
    private readonly bool _lookInside;

    public ErrorFilter(Type exceptionType, IStringMatcher messageMatcher, IStringMatcher sourceMatcher, bool recurseInnerExceptions)
        : base(messageMatcher, sourceMatcher)
    {
        _exceptionType = exceptionType;
        _lookInside = recurseInnerExceptions;
        if (exceptionType is not null && !typeof(Exception).IsAssignableFrom(exceptionType))
        {
            throw new ArgumentException($"The type must be an exception. It was: {exceptionType}", nameof(exceptionType));
        }
    }

    protected override string FilterDescriptiveName =>
        _exceptionType is null ? "Error" : $"Error with Cause <{_exceptionType}>";

    protected override bool IsMatch(LogEvent evt) => evt is Error error && IsMatch(error, error.Cause);

    private bool IsMatch(Error error, Exception cause)
    {
        if (cause is null)
        {
            return _exceptionType is null && InternalDoMatch(error.LogSource, error.Message);
        }

        var isRightType = _exceptionType is null || _exceptionType.IsInstanceOfType(cause);
        var isRightText = InternalDoMatch(error.LogSource, error.Message) || InternalDoMatch(error.LogSource, cause.Message);
        return (isRightType && isRightText) || (_lookInside && cause.InnerException is { } inner && IsMatch(error, inner));
    }
}

/// <summary>Matches dead letters.</summary>
internal sealed class DeadLettersFilter : EventFilterBase
{
    private readonly Predicate<DeadLetter> _isMatch;

    public DeadLettersFilter(IStringMatcher sourceMatcher, Predicate<DeadLetter> isMatch)
        : base(null, sourceMatcher)
    {
        _isMatch = isMatch;
    }

    protected override string FilterDescriptiveName => nameof(DeadLetter);

    protected override bool IsMatch(LogEvent evt) =>
        evt is Warning { Message: DeadLetter letter } && _isMatch(letter) && InternalDoMatch(evt.LogSource, letter.Message);
}

/// <summary>Matches what a function is true for.</summary>
internal sealed class CustomEventFilter : EventFilterBase
{
    private readonly Predicate<LogEvent> _predicate;

    public CustomEventFilter(Predicate<LogEvent> predicate)
        : base(null, null)
    {
        _predicate = predicate;
    }

    protected override string FilterDescriptiveName => "Custom";

    protected override bool IsMatch(LogEvent evt) => _predicate(evt);
}
