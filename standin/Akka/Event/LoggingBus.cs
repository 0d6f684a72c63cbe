using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>A bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
{
}

/// <summary>The bus on which log entries travel, and the loggers at its end.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static int _lastLogger;

    private readonly List<IActorRef> _loggers = [];

    public LogLevel LogLevel { get; private set; }

    /// <summary>Until the configured loggers are up, entries go straight to the console.</summary>
    public void StartStdoutLogger(Settings config) =>
        SubscribeFrom(Logging.LogLevelFor(config.StdoutLogLevel), config.StdoutLogger);

    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        lock (_loggers)
        {
            foreach (var logger in _loggers)
            {
                // Level by level: a logger may have subscribed to other things itself.
                foreach (var level in Enum.GetValues<LogLevel>())
                {
                    Unsubscribe(logger, level.ClassFor());
                }

                SubscribeFrom(logLevel, logger);
            }
        }
    }

    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        LogLevel = Logging.LogLevelFor(settings.LogLevel);

        var keepsConsole = false;
        foreach (var name in settings.Loggers)
        {
            var type = Type.GetType(name)
                ?? throw new ConfigurationException($"Logger specified in config cannot be found: \"{name}\"");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                keepsConsole = true;
            }
            else
            {
                AddLogger(system, type);
            }
        }

        if (settings.DebugUnhandledMessage)
        {
            var forwarder = system.SystemActorOf(Props.Create(() => new UnhandledMessageForwarder()), nameof(UnhandledMessageForwarder));
            Subscribe(forwarder, typeof(UnhandledMessage));
        }

        if (!keepsConsole)
        {
            Unsubscribe(settings.StdoutLogger);
        }
    }

    internal void StopDefaultLoggers(ActorSystem system)
    {
        StartStdoutLogger(system.Settings);
        lock (_loggers)
        {
            foreach (var logger in _loggers)
            {
                Unsubscribe(logger);
                ((IInternalActorRef)logger).Stop();
            }

            _loggers.Clear();
        }
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) =>
        subscriber.Tell(@event, ActorCell.GetCurrentSelfOrNoSender());

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    private void AddLogger(ActorSystemImpl system, Type type)
    {
        var settings = system.Settings;
        var name = $"log{Interlocked.Increment(ref _lastLogger)}-{SimpleName(type)}";
        var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(settings.LoggersDispatcher), name);
        var answer = logger.Ask(new InitializeLogger(this), Timeout.InfiniteTimeSpan);
        if (settings.LoggerAsyncStart || !answer.Wait(settings.LoggerStartTimeout))
        {
            // Whatever it misses meanwhile is at least on the console.
            answer.ContinueWith(late => Adopt(logger, late.Result), TaskContinuationOptions.OnlyOnRanToCompletion);
        }
        else
        {
            Adopt(logger, answer.Result);
        }
    }

    private void Adopt(IActorRef logger, object answer)
    {
        if (answer is not LoggerInitialized)
        {
            Publish(new Error(
                null, SimpleName(this), GetType(), $"Logger {logger} did not respond with LoggerInitialized, sent instead {answer?.GetType()}. Stopping logger."));
            ((IInternalActorRef)logger).Stop();
            return;
        }

        lock (_loggers)
        {
            _loggers.Add(logger);
        }

        SubscribeFrom(LogLevel, logger);
    }

    private void SubscribeFrom(LogLevel lowest, IActorRef logger)
    {
        foreach (var level in Enum.GetValues<LogLevel>())
        {
            if (level >= lowest)
            {
                Subscribe(logger, level.ClassFor());
            }
        }
    }

    private sealed class UnhandledMessageForwarder : ActorBase
    {
        public UnhandledMessageForwarder()
        {
        }

        protected override bool Receive(object message)
        {
            if (message is not UnhandledMessage unhandled)
            {
                return false;
            }

            var sender = unhandled.Sender is null ? "NoSender" : unhandled.Sender.Path.ToString();
            Context.System.EventStream.Publish(new Debug(
                unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {sender} : {unhandled.Message}"));
            return true;
        }
    }
}
