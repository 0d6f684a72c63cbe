using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>Makes filters for what is logged, to expect it or to keep it out of the log.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        _testKit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    public IEventFilterApplier Exception<TException>(Regex pattern, string source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception<TException>(
        string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string source = null, bool checkInnerExceptions = false) =>
        Error(exceptionType, TextMatcher.Pattern(pattern), source, checkInnerExceptions);

    public IEventFilterApplier Exception(
        Type exceptionType,
        string message = null,
        string start = null,
        string contains = null,
        string source = null,
        bool checkInnerExceptions = false) =>
        Error(exceptionType, TextMatcher.Message(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        Error(null, TextMatcher.Message(message, start, contains), source, false);

    public IEventFilterApplier Error(Regex pattern, string source = null) =>
        Error(null, TextMatcher.Pattern(pattern), source, false);

    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        Level<Warning>(TextMatcher.Message(message, start, contains), source);

    public IEventFilterApplier Warning(Regex pattern, string source = null) => Level<Warning>(TextMatcher.Pattern(pattern), source);

    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        Level<Info>(TextMatcher.Message(message, start, contains), source);

    public IEventFilterApplier Info(Regex pattern, string source = null) => Level<Info>(TextMatcher.Pattern(pattern), source);

    public IEventFilterApplier Debug(string message = null, string start = null, string contains = null, string source = null) =>
        Level<Debug>(TextMatcher.Message(message, start, contains), source);

    public IEventFilterApplier Debug(Regex pattern, string source = null) => Level<Debug>(TextMatcher.Pattern(pattern), source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(logLevel, TextMatcher.Message(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string source = null) =>
        ForLogLevel(logLevel, TextMatcher.Pattern(pattern), source);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => With(new CustomEventFilter(predicate));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetter(_ => true, null);

    public IEventFilterApplier DeadLetter<TMessage>(string source = null) =>
        DeadLetter(letter => letter.Message is TMessage, source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string source = null) =>
        DeadLetter(letter => letter.Message is TMessage typed && isMatch(typed), source);

    public IEventFilterApplier DeadLetter(Type type, string source = null) =>
        DeadLetter(letter => type.IsInstanceOfType(letter.Message), source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string source = null) =>
        DeadLetter(letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message), source);

    private IEventFilterApplier DeadLetter(Predicate<DeadLetter> isMatch, string source) =>
        With(new DeadLettersFilter(TextMatcher.Source(source), isMatch));

    private IEventFilterApplier ForLogLevel(LogLevel logLevel, TextMatcher message, string source) => logLevel switch
    {
        LogLevel.DebugLevel => Level<Debug>(message, source),
        LogLevel.InfoLevel => Level<Info>(message, source),
        LogLevel.WarningLevel => Level<Warning>(message, source),
        LogLevel.ErrorLevel => Error(null, message, source, false),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), $"Unknown {nameof(LogLevel)} value: {logLevel}"),
    };

    private IEventFilterApplier Level<TEvent>(TextMatcher message, string source)
        where TEvent : LogEvent => With(new LevelFilter<TEvent>(message, TextMatcher.Source(source)));

    private IEventFilterApplier Error(Type exceptionType, TextMatcher message, string source, bool checkInnerExceptions) =>
        With(new ErrorFilter(exceptionType, message, TextMatcher.Source(source), checkInnerExceptions));

    private EventFilterApplier With(EventFilterBase filter) => new(_testKit, _system, [.. _filters, filter]);
}
