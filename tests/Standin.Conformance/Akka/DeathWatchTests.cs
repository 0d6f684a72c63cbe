using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class DeathWatchTests : ActorConformance
{
    [Fact]
    public async Task Terminated_says_who_it_was_and_that_it_existed()
    {
        var target = ActorOf(BlackHoleActor.Props);
        await WatchAsync(target);

        Sys.Stop(target);

        var terminated = await ExpectMsgAsync<Terminated>();
        Assert.Equal(target, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Watching_the_dead_is_answered_at_once()
    {
        var target = ActorOf(BlackHoleActor.Props);
        await WatchAsync(target);
        Sys.Stop(target);
        await ExpectTerminatedAsync(target);

        await WatchAsync(target);

        await ExpectTerminatedAsync(target);
    }

    [Fact]
    public async Task Watching_twice_is_told_once()
    {
        var target = ActorOf(BlackHoleActor.Props);
        await WatchAsync(target);
        await WatchAsync(target);

        Sys.Stop(target);

        await ExpectTerminatedAsync(target);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task After_Unwatch_nothing_is_told()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var other = CreateTestProbe();
        await WatchAsync(target);
        await other.WatchAsync(target);
        await UnwatchAsync(target);

        Sys.Stop(target);

        await other.ExpectTerminatedAsync(target);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Unwatch_takes_back_a_Terminated_that_waits_in_the_mailbox()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var other = CreateTestProbe();
        await other.WatchAsync(target);
        var busy = CreateTestLatch();
        var watcher = ActorOf(Props.Create(() => new LateUnwatcher(target, busy.Ready, TestActor)));
        watcher.Tell("watch");
        await ExpectMsgAsync("watching");

        watcher.Tell("unwatch when free");
        await ExpectMsgAsync("busy");
        Sys.Stop(target);
        await other.ExpectTerminatedAsync(target);
        busy.Open();

        await ExpectMsgAsync("unwatched");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Every_watcher_is_told()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var probes = Enumerable.Range(0, 5).Select(_ => CreateTestProbe()).ToList();
        foreach (var probe in probes)
        {
            await probe.WatchAsync(target);
        }

        target.Tell(PoisonPill.Instance);

        foreach (var probe in probes)
        {
            await probe.ExpectTerminatedAsync(target);
        }
    }

    [Fact]
    public async Task WatchWith_delivers_the_message_of_the_watcher_instead()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var watcher = ActorOf(Props.Create(() => new WatchingWith(target, TestActor)));
        watcher.Tell("watch for client 7");
        await ExpectMsgAsync("watching");

        Sys.Stop(target);

        await ExpectMsgAsync(new Gone("watch for client 7"));
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Watching_again_with_another_message_keeps_the_first()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var watcher = ActorOf(Props.Create(() => new WatchingWith(target, TestActor)));
        watcher.Tell("first");
        watcher.Tell("second");
        await ExpectMsgAsync("watching");
        await ExpectMsgAsync("watching");

        Sys.Stop(target);

        await ExpectMsgAsync(new Gone("first"));
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_Terminated_that_is_not_handled_kills_the_watcher()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var watcher = ActorOf(Props.Create(() => new CarelessWatcher(target)));
        await WatchAsync(watcher);
        watcher.Tell("ready?");
        await ExpectMsgAsync("ready");

        await EventFilter.Exception<DeathPactException>().ExpectOneAsync(() =>
        {
            Sys.Stop(target);
            return Task.CompletedTask;
        });

        await ExpectTerminatedAsync(watcher);
    }

    [Fact]
    public async Task A_child_can_be_watched_by_its_parent_and_is_gone_when_that_is_told()
    {
        var parent = ActorOf(Props.Create(() => new WatchingParent(TestActor)));

        parent.Tell("start and stop a child");

        await ExpectMsgAsync("children left: 0");
    }

    [Fact]
    public async Task Terminated_comes_after_what_the_dead_has_sent()
    {
        var target = ActorOf(Props.Create(() => new Chatterbox()));
        await WatchAsync(target);

        target.Tell(100);

        for (var i = 0; i < 100; i++)
        {
            await ExpectMsgAsync(i);
        }

        await ExpectTerminatedAsync(target);
    }

    private sealed class LateUnwatcher : ReceiveActor
    {
        public LateUnwatcher(IActorRef target, Action waitUntilFree, IActorRef log)
        {
            Receive<string>(text => text == "watch", _ =>
            {
                Context.Watch(target);
                log.Tell("watching");
            });
            Receive<string>(_ =>
            {
                log.Tell("busy");
                waitUntilFree();
                Context.Unwatch(target);
                log.Tell("unwatched");
            });
            Receive<Terminated>(_ => log.Tell("terminated"));
        }
    }

    private sealed record Gone(string Note);

    private sealed class WatchingWith : ReceiveActor
    {
        public WatchingWith(IActorRef target, IActorRef log)
        {
            Receive<Gone>(log.Tell);
            Receive<string>(note =>
            {
                Context.WatchWith(target, new Gone(note));
                log.Tell("watching");
            });
        }
    }

    private sealed class CarelessWatcher : ReceiveActor
    {
        public CarelessWatcher(IActorRef target)
        {
            Context.Watch(target);
            Receive<string>(_ => Sender.Tell("ready"));
        }
    }

    private sealed class WatchingParent : ReceiveActor
    {
        public WatchingParent(IActorRef log)
        {
            Receive<string>(_ =>
            {
                var child = Context.ActorOf(BlackHoleActor.Props);
                Context.Watch(child);
                Context.Stop(child);
            });
            Receive<Terminated>(_ => log.Tell($"children left: {Context.GetChildren().Count()}"));
        }
    }

    private sealed class Chatterbox : ReceiveActor
    {
        public Chatterbox() => Receive<int>(count =>
        {
            for (var i = 0; i < count; i++)
            {
                Sender.Tell(i);
            }

            Context.Stop(Self);
        });
    }
}
