using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit;
using Xunit.Sdk;

namespace FedActors.Standin.Conformance;

public sealed class LoggingTests : ActorConformance
{
    public LoggingTests()
        : base("akka.loglevel = INFO")
    {
    }

    [Fact]
    public async Task An_actor_logs_under_its_path_and_class()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        var actor = ActorOf(Props.Create(() => new Logging()), "logging");

        actor.Tell("hello");

        var info = await FishForMessageAsync<Info>(candidate => candidate.ToString().Contains("got hello", StringComparison.Ordinal));
        Assert.Equal("got hello, 5 letters", info.Message.ToString());
        Assert.Contains("/user/logging", info.LogSource, StringComparison.Ordinal);
        Assert.Equal(typeof(Logging), info.LogClass);
        Assert.Equal(LogLevel.InfoLevel, info.LogLevel());
    }

    [Fact]
    public async Task What_is_below_the_level_is_not_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var log = Akka.Event.Logging.GetLogger(Sys, "levels");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);

        log.Debug("not this");
        log.Warning("this");

        await FishForMessageAsync<LogEvent>(logEvent =>
        {
            Assert.IsNotType<Debug>(logEvent);
            return logEvent is Warning && logEvent.Message.ToString() == "this";
        });
    }

    [Fact]
    public async Task An_error_carries_its_exception()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var cause = new TimeoutException("why");

        Akka.Event.Logging.GetLogger(Sys, "errors").Error(cause, "it took {0} ms", 7);

        var error = await ExpectMsgAsync<Error>();
        Assert.Same(cause, error.Cause);
        Assert.Equal("it took 7 ms", error.Message.ToString());
    }

    [Fact]
    public async Task A_filter_expects_by_text_start_part_or_pattern()
    {
        var log = Akka.Event.Logging.GetLogger(Sys, "filters");

        await EventFilter.Info(message: "one two three").ExpectOneAsync(() => Say(log));
        await EventFilter.Info(start: "one").ExpectOneAsync(() => Say(log));
        await EventFilter.Info(contains: "two").ExpectOneAsync(() => Say(log));
        await EventFilter.Info(new Regex("^one.*three$")).ExpectOneAsync(() => Say(log));
        await EventFilter.Custom(logEvent => logEvent is Info && logEvent.ToString().Contains("two", StringComparison.Ordinal))
            .ExpectOneAsync(() => Say(log));
    }

    [Fact]
    public async Task A_filter_expects_a_number()
    {
        var log = Akka.Event.Logging.GetLogger(Sys, "filters");

        await EventFilter.Warning(contains: "again").ExpectAsync(3, () =>
        {
            for (var i = 0; i < 3; i++)
            {
                log.Warning("again {0}", i);
            }

            return Task.CompletedTask;
        });
        EventFilter.Warning("never").Expect(0, Quiet, () => { });
    }

    [Fact]
    public async Task A_filter_fails_when_nothing_comes()
    {
        await Assert.ThrowsAnyAsync<XunitException>(() =>
            EventFilter.Error("never").ExpectOneAsync(Quiet, () => Task.CompletedTask));
    }

    [Fact]
    public async Task A_filter_for_an_exception_looks_at_its_type_and_text()
    {
        var log = Akka.Event.Logging.GetLogger(Sys, "filters");

        await EventFilter.Exception<ArgumentException>(contains: "bad").ExpectOneAsync(() =>
        {
            log.Error(new InvalidOperationException("bad"), "not this one");
            log.Error(new ArgumentNullException("bad"), "this one");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_filter_for_dead_letters_looks_at_the_message()
    {
        await EventFilter.DeadLetter<string>(text => text == "lost").ExpectOneAsync(() =>
        {
            Sys.DeadLetters.Tell("other");
            Sys.DeadLetters.Tell("lost");
            return Task.CompletedTask;
        });
    }

    private static Task Say(ILoggingAdapter log)
    {
        log.Info("one {0} three", "two");
        return Task.CompletedTask;
    }

    private sealed class Logging : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logging() => Receive<string>(text => _log.Info("got {0}, {1} letters", text, text.Length));
    }
}
