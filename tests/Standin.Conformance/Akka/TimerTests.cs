using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class TimerTests : ActorConformance
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TimerTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task A_single_timer_fires_once_when_its_time_has_come()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartSingleTimer("key", "tick", Second));

        Clock.Advance(Second - TimeSpan.FromMilliseconds(1));
        await ExpectNoMsgAsync(Quiet);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await ExpectMsgAsync("tick");

        Clock.Advance(Second);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_periodic_timer_fires_again_and_again()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));

        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(Second);
            await ExpectMsgAsync("tick");
        }
    }

    [Fact]
    public async Task A_periodic_timer_can_have_another_delay_at_first()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMilliseconds(100), Second));

        Clock.Advance(TimeSpan.FromMilliseconds(100));
        await ExpectMsgAsync("tick");
        Clock.Advance(TimeSpan.FromMilliseconds(100));
        await ExpectNoMsgAsync(Quiet);
        Clock.Advance(Second);
        await ExpectMsgAsync("tick");
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_fire()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartSingleTimer("key", "tick", Second));
        await Do(actor, timers => timers.Cancel("key"));

        Clock.Advance(Second);

        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_tick_that_waits_in_the_mailbox_is_dropped_when_its_timer_is_cancelled()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartSingleTimer("key", "tick", Second));
        var gate = CreateTestLatch();

        actor.Tell(new Order(timers =>
        {
            gate.Ready();
            timers.Cancel("key");
        }));
        Clock.Advance(Second);
        gate.Open();

        await ExpectMsgAsync("done");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_tick_that_waits_in_the_mailbox_is_dropped_when_its_timer_is_replaced()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartSingleTimer("key", "old", Second));
        var gate = CreateTestLatch();

        actor.Tell(new Order(timers =>
        {
            gate.Ready();
            timers.StartSingleTimer("key", "new", Second);
        }));
        Clock.Advance(Second);
        gate.Open();
        await ExpectMsgAsync("done");
        await ExpectNoMsgAsync(Quiet);

        Clock.Advance(Second);
        await ExpectMsgAsync("new");
    }

    [Fact]
    public async Task A_restart_cancels_the_timers()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));

        actor.Tell(new Order(_ => throw new InvalidOperationException("boom")));
        await ExpectMsgAsync("started");
        Clock.Advance(Second);

        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_tick_of_an_earlier_incarnation_is_dropped()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartSingleTimer("key", "old", Second));
        var gate = CreateTestLatch();

        actor.Tell(new Order(_ =>
        {
            gate.Ready();
            throw new InvalidOperationException("boom");
        }));
        Clock.Advance(Second);
        gate.Open();

        await ExpectMsgAsync("started");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Timers_with_different_keys_do_not_disturb_each_other()
    {
        var actor = await Start();
        await Do(actor, timers =>
        {
            timers.StartSingleTimer("a", "tick a", Second);
            timers.StartSingleTimer("b", "tick b", Second * 2);
            timers.Cancel("c");
        });

        Clock.Advance(Second);
        await ExpectMsgAsync("tick a");
        Clock.Advance(Second);
        await ExpectMsgAsync("tick b");
    }

    [Fact]
    public async Task A_timer_knows_whether_it_runs()
    {
        var actor = await Start();

        await Do(actor, timers =>
        {
            Assert.False(timers.IsTimerActive("key"));
            timers.StartSingleTimer("key", "tick", Second);
            Assert.True(timers.IsTimerActive("key"));
            timers.CancelAll();
            Assert.False(timers.IsTimerActive("key"));
        });
    }

    [Fact]
    public async Task A_stopped_actor_gets_no_tick()
    {
        var actor = await Start();
        await Do(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));
        await WatchAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor);

        await EventFilter.DeadLetter().ExpectAsync(0, Quiet, () =>
        {
            Clock.Advance(Second);
            return Task.CompletedTask;
        });
    }

    private async Task<IActorRef> Start()
    {
        var actor = ActorOf(Props.Create(() => new Timed(TestActor)));
        await ExpectMsgAsync("started");
        return actor;
    }

    private async Task Do(IActorRef actor, Action<ITimerScheduler> order)
    {
        actor.Tell(new Order(order));
        await ExpectMsgAsync("done");
    }

    private sealed record Order(Action<ITimerScheduler> Carry);

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _log;

        public Timed(IActorRef log)
        {
            _log = log;
            Receive<Order>(order =>
            {
                order.Carry(Timers);
                log.Tell("done");
            });
            Receive<string>(log.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => _log.Tell("started");
    }
}
