namespace Akka.Event;

/// <summary>Logging with and without arguments. Nothing is formatted before somebody reads it.</summary>
public static partial class LoggingExtensions
{
    /// <summary>Logs at a level that is known only when the program runs.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => log.Write(level, null, format);

    /// <inheritdoc cref="Log(ILoggingAdapter, LogLevel, string)"/>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args) =>
        log.Write(level, null, format, args);

    /// <inheritdoc cref="Log(ILoggingAdapter, LogLevel, string)"/>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception cause, string format, object[] args) =>
        log.Write(level, cause, format, args);

    private static void Write(this ILoggingAdapter log, LogLevel level, Exception cause, string format)
    {
        if (log.IsEnabled(level))
        {
            log.Log(level, cause, format);
        }
    }

    private static void Write(this ILoggingAdapter log, LogLevel level, Exception cause, string format, params object[] args)
    {
        if (log.IsEnabled(level))
        {
            log.Log(level, cause, new FormattedLogMessage(log.Formatter, format, args));
        }
    }
}
