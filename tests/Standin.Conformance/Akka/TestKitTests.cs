using System.Diagnostics;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit;
using Xunit.Sdk;

namespace FedActors.Standin.Conformance;

public sealed class TestKitTests : ActorConformance
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public async Task ExpectMsg_returns_the_message_and_fails_on_another()
    {
        TestActor.Tell("hello");
        Assert.Equal("hello", await ExpectMsgAsync<string>());

        TestActor.Tell("other");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync("hello"));
    }

    [Fact]
    public async Task ExpectMsg_fails_on_another_type_and_on_silence()
    {
        TestActor.Tell(1);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>());
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Short));
    }

    [Fact]
    public void The_blocking_forms_do_the_same()
    {
        TestActor.Tell("hello");
        ExpectMsg<string>(text => text.Length == 5);
        TestActor.Tell("other");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("hello"));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));
        ExpectNoMsg(Short);
    }

    [Fact]
    public async Task A_predicate_or_an_assertion_judges_the_message()
    {
        TestActor.Tell(5);
        await ExpectMsgAsync<int>(number => number > 3);
        TestActor.Tell(5);
        await ExpectMsgAsync<int>((number, sender) => number == 5 && sender.Equals(TestActor));
        TestActor.Tell(5);
        await ExpectMsgAsync<int>(number => Assert.Equal(5, number));
        TestActor.Tell(5);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>(number => number > 7));
    }

    [Fact]
    public async Task ExpectMsgFrom_looks_at_the_sender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("hello", probe.Ref);
        await ExpectMsgFromAsync(probe.Ref, "hello");

        TestActor.Tell("hello", ActorRefs.NoSender);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgFromAsync<string>(probe.Ref));
    }

    [Fact]
    public async Task ExpectMsgAllOf_does_not_mind_the_order()
    {
        TestActor.Tell("b");
        TestActor.Tell("a");
        ExpectMsgAllOf("a", "b");

        TestActor.Tell("c");
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf("a", "b"));

        TestActor.Tell("b");
        Assert.Equal("b", await ExpectMsgAnyOfAsync(["a", "b"]));
    }

    [Fact]
    public async Task Collections_are_compared_item_by_item()
    {
        TestActor.Tell(new[] { 1, 2, 3 });
        await ExpectMsgAsync(new[] { 1, 2, 3 });
    }

    [Fact]
    public async Task FishForMessage_throws_the_others_away()
    {
        TestActor.Tell(1);
        TestActor.Tell("no");
        TestActor.Tell("yes");
        TestActor.Tell("next");

        Assert.Equal("yes", await FishForMessageAsync<string>(text => text == "yes"));
        await ExpectMsgAsync("next");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await FishForMessageAsync<string>(_ => true, Short));
    }

    [Fact]
    public async Task ReceiveN_and_ReceiveWhile_take_several()
    {
        for (var i = 0; i < 5; i++)
        {
            TestActor.Tell(i);
        }

        Assert.Equal([0, 1], ReceiveN(2));
        Assert.Equal([2, 3], ReceiveWhile<int>(number => number < 4));
        await ExpectMsgAsync(4);
        Assert.ThrowsAny<XunitException>(() => ReceiveN(1, Short));
    }

    [Fact]
    public async Task ReceiveOne_is_null_when_nothing_comes()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", await ReceiveOneAsync(Short));
        Assert.Null(await ReceiveOneAsync(Short));
        Assert.Null(await ReceiveOneAsync(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task A_peeked_message_stays()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", await PeekOneAsync(Patience));
        await ExpectMsgAsync("hello");
    }

    [Fact]
    public async Task ExpectNoMsg_fails_when_something_comes()
    {
        await ExpectNoMsgAsync(Short);
        TestActor.Tell("hello");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(Short));
    }

    [Fact]
    public async Task IgnoreMessages_keeps_messages_from_the_test()
    {
        IgnoreMessages<int>();
        TestActor.Tell(1);
        TestActor.Tell("hello");
        await ExpectMsgAsync("hello");

        IgnoreNoMessages();
        TestActor.Tell(1);
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task A_probe_answers_and_forwards_what_it_got_last()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("question");
        await probe.ExpectMsgAsync("question");

        probe.Reply("answer");
        await ExpectMsgFromAsync(probe.Ref, "answer");
        probe.Forward(TestActor);
        await ExpectMsgFromAsync(TestActor, "question");
        Assert.Equal(TestActor, probe.LastSender);
    }

    [Fact]
    public async Task An_auto_pilot_answers_by_itself()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}");
            return AutoPilot.KeepRunning;
        }));

        Assert.Equal("auto 1", await probe.Ref.Ask<string>("1", Patience));
        Assert.Equal("auto 2", await probe.Ref.Ask<string>("2", Patience));
        await probe.ExpectMsgAsync("1");
        await probe.ExpectMsgAsync("2");
    }

    [Fact]
    public async Task AwaitAssert_tries_until_it_holds()
    {
        var tries = 0;
        await AwaitAssertAsync(() => Assert.True(++tries == 3), Patience, TimeSpan.FromMilliseconds(5));
        Assert.Equal(3, tries);

        await Assert.ThrowsAnyAsync<XunitException>(() =>
            AwaitAssertAsync(() => Assert.Fail("never"), Short, TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public async Task AwaitCondition_asks_until_it_is_so()
    {
        var asked = 0;
        await AwaitConditionAsync(() => Task.FromResult(++asked == 3), Patience, TimeSpan.FromMilliseconds(5));
        Assert.Equal(3, asked);

        await Assert.ThrowsAnyAsync<XunitException>(() => AwaitConditionAsync(() => Task.FromResult(false), Short));
    }

    [Fact]
    public async Task Within_bounds_the_time_of_a_block_and_of_what_it_expects()
    {
        TestActor.Tell("hello");
        await WithinAsync(Patience, async () =>
        {
            Assert.True(Remaining <= Patience);
            await ExpectMsgAsync("hello");
        });

        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<Exception>(() => WithinAsync(Short, async () => await ExpectMsgAsync("never")));
        Assert.True(watch.Elapsed < Patience / 2);
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Within_a_time_nothing_may_come() => Within(TimeSpan.FromMilliseconds(50), () => ExpectNoMsg());

    [Fact]
    public async Task Within_refuses_a_block_that_is_too_fast()
    {
        await Assert.ThrowsAnyAsync<XunitException>(() => WithinAsync(TimeSpan.FromSeconds(5), Patience, () => Task.CompletedTask));
    }

    [Fact]
    public async Task Watching_through_the_kit_is_in_place_when_it_returns()
    {
        var target = ActorOf(BlackHoleActor.Props);
        Watch(target);
        Sys.Stop(target);
        ExpectTerminated(target);

        var another = ActorOf(BlackHoleActor.Props);
        await WatchAsync(another);
        await UnwatchAsync(another);
        Sys.Stop(another);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_child_of_the_test_actor_tells_it_as_its_parent()
    {
        var child = ChildActorOf(Props.Create(() => new TellsParent()), "child");

        child.Tell("hello");

        await ExpectMsgFromAsync(child, "hello");
        Assert.Equal(TestActor.Path / "child", child.Path);
    }

    [Fact]
    public void A_test_actor_reference_shows_the_actor_and_runs_on_the_thread_of_the_test()
    {
        var counting = ActorOfAsTestActorRef<Counting>();

        counting.Tell("one");
        counting.Receive("two");

        Assert.Equal(2, counting.UnderlyingActor.Count);
        Assert.Equal(Environment.CurrentManagedThreadId, counting.UnderlyingActor.Thread);
    }

    [Fact]
    public void A_probe_and_an_actor_under_test_may_supervise_one()
    {
        var probe = CreateTestProbe();

        var below = ActorOfAsTestActorRef<Counting>(Props.Create(() => new Counting()), probe);
        var furtherBelow = ActorOfAsTestActorRef<Counting>(Props.Create(() => new Counting()), below, "child");

        Assert.Equal(probe.Ref.Path, below.Path.Parent);
        Assert.Equal(below.Path / "child", furtherBelow.Path);
    }

    [Fact]
    public async Task An_actor_on_the_thread_of_the_test_is_itself_after_an_await()
    {
        var actor = ActorOfAsTestActorRef<Awaiting>();

        actor.Tell("who?");

        await ExpectMsgFromAsync<IActorRef>(actor.Ref, self => Assert.Equal(actor.Ref, self));
    }

    [Fact]
    public void Latches_and_dilated_times_follow_the_settings()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(Short));
        latch.CountDown();
        latch.Ready();

        Assert.Equal(Short, Dilated(Short));
        Assert.Equal(TimeSpan.FromSeconds(10), RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(10), TestKitSettings.SingleExpectDefault);
    }

    private sealed class TellsParent : UntypedActor
    {
        protected override void OnReceive(object message) => Context.Parent.Tell(message);
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting() => ReceiveAsync<string>(async _ =>
        {
            await Task.Yield();
            Sender.Tell(Self);
        });
    }

    private sealed class Counting : UntypedActor
    {
        public int Count { get; private set; }

        public int Thread { get; private set; }

        protected override void OnReceive(object message)
        {
            Count++;
            Thread = Environment.CurrentManagedThreadId;
        }
    }
}
