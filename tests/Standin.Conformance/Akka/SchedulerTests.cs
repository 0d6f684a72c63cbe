using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class SchedulerTests : ActorConformance
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_message_can_be_told_later()
    {
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "later", ActorRefs.NoSender);

        await ExpectMsgAsync("later");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_message_can_be_told_again_and_again_until_that_is_cancelled()
    {
        var ticks = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Soon, Soon, TestActor, "tick", ActorRefs.NoSender);
        await ExpectMsgAsync("tick");
        await ExpectMsgAsync("tick");

        ticks.Cancel();
        TestActor.Tell("cancelled");

        await FishForMessageAsync<string>(text => text == "cancelled");
        while (await ReceiveOneAsync(TimeSpan.Zero) is not null)
        {
            // What was on its way when it was cancelled may still come.
        }

        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task An_action_can_run_later()
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Sys.Scheduler.Advanced.ScheduleOnce(Soon, ran.SetResult);

        await ran.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_action_that_fails_is_not_repeated()
    {
        var runs = 0;

        Sys.Scheduler.Advanced.ScheduleRepeatedly(Soon, Soon, () =>
        {
            TestActor.Tell(++runs, ActorRefs.NoSender);
            throw new InvalidOperationException("boom");
        });

        await ExpectMsgAsync(1);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_cancelled_message_is_not_told()
    {
        var once = Sys.Scheduler.ScheduleTellOnceCancelable(Quiet / 2, TestActor, "never", ActorRefs.NoSender);
        once.Cancel();

        await ExpectNoMsgAsync(Quiet);
        Assert.True(once.IsCancellationRequested);
    }
}

public sealed class ManualClockTests : ActorConformance
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public ManualClockTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task Time_moves_only_when_the_test_says_so()
    {
        var before = Clock.Now;
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "later", ActorRefs.NoSender);
        await ExpectNoMsgAsync(Quiet);

        Clock.Advance(Second);

        await ExpectMsgAsync("later");
        Assert.Equal(before + Second, Clock.Now);
        Assert.Equal(Clock.Now, Sys.Scheduler.Now);
    }

    [Fact]
    public void What_is_due_comes_in_the_order_of_its_time()
    {
        Sys.Scheduler.ScheduleTellOnce(Second * 2, TestActor, "second", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "first", ActorRefs.NoSender);

        Clock.AdvanceTo(Clock.Now + Second * 3);

        ExpectMsg("first");
        ExpectMsg("second");
        Assert.Throws<InvalidOperationException>(() => Clock.AdvanceTo(Clock.Now - Second));
    }

    [Fact]
    public void What_repeats_comes_once_in_every_step()
    {
        var ticks = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "tick", ActorRefs.NoSender);
        Clock.Advance(Second);
        ExpectMsg("tick");
        Clock.Advance(Second);
        ExpectMsg("tick");

        ticks.Cancel();
        Clock.Advance(Second);
        ExpectNoMsg(Quiet);
    }
}
