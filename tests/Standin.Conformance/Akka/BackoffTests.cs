using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class BackoffTests : ActorConformance
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public BackoffTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task A_child_that_fails_starts_again_after_a_delay()
    {
        var supervisor = Supervise(Backoff.OnFailure(ChildProps(), "child", Second, Second * 10, 0.0, -1));
        await ExpectMsgAsync("started");

        supervisor.Tell("fail");
        await ExpectMsgAsync("stopped");
        await ExpectNoMsgAsync(Quiet);
        Clock.Advance(Second);

        await ExpectMsgAsync("started");
    }

    [Fact]
    public async Task The_delay_doubles_with_every_failure()
    {
        var supervisor = Supervise(Backoff.OnFailure(ChildProps(), "child", Second, Second * 10, 0.0, -1)
            .WithManualReset());
        await ExpectMsgAsync("started");

        foreach (var seconds in new[] { 1, 2, 4 })
        {
            supervisor.Tell("fail");
            await ExpectMsgAsync("stopped");
            await ExpectNoMsgAsync(Quiet);
            Clock.Advance(Second * seconds - TimeSpan.FromMilliseconds(1));
            await ExpectNoMsgAsync(Quiet);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ExpectMsgAsync("started");
        }

        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        await ExpectMsgAsync<BackoffSupervisor.RestartCount>(count => count.Count == 3);
    }

    [Fact]
    public async Task A_child_that_stops_starts_again_after_a_delay()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps(), "child", Second, Second * 10, 0.0, -1));
        await ExpectMsgAsync("started");

        supervisor.Tell("stop");
        await ExpectMsgAsync("stopped");
        await ExpectNoMsgAsync(Quiet);
        Clock.Advance(Second);

        await ExpectMsgAsync("started");
    }

    [Fact]
    public async Task The_supervisor_passes_messages_on_and_answers_back()
    {
        var supervisor = Supervise(Backoff.OnFailure(ChildProps(), "child", Second, Second * 10, 0.0, -1));
        await ExpectMsgAsync("started");

        supervisor.Tell("hello");
        await ExpectMsgAsync("hello");
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
        var current = await ExpectMsgAsync<BackoffSupervisor.CurrentChild>();
        Assert.Equal("child", current.Ref.Path.Name);
        Assert.Equal(supervisor.Path, current.Ref.Path.Parent);
    }

    [Fact]
    public async Task After_too_many_failures_the_supervisor_stops()
    {
        var supervisor = Supervise(Backoff.OnFailure(ChildProps(), "child", Second, Second * 10, 0.0, 1).WithManualReset());
        await ExpectMsgAsync("started");
        await WatchAsync(supervisor);

        supervisor.Tell("fail");
        await ExpectMsgAsync("stopped");
        await ExpectNoMsgAsync(Quiet);
        Clock.Advance(Second);
        await ExpectMsgAsync("started");
        supervisor.Tell("fail");

        await FishForMessageAsync<Terminated>(terminated => terminated.ActorRef.Equals(supervisor));
    }

    private IActorRef Supervise(BackoffOptions options) => ActorOf(BackoffSupervisor.Props(options), "supervisor");

    private Props ChildProps() => Props.Create(() => new Child(TestActor));

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef _log;

        public Child(IActorRef log)
        {
            _log = log;
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("boom"));
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            Receive<string>(text => Sender.Tell(text));
        }

        protected override void PreStart() => _log.Tell("started");

        protected override void PostStop() => _log.Tell("stopped");
    }
}
