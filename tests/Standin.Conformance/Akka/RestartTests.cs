using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RestartTests : ActorConformance
{
    [Fact]
    public async Task A_restart_runs_the_hooks_of_the_old_instance_and_then_those_of_the_new_one()
    {
        var actor = ActorOf(Patient.Props(TestActor));
        await ExpectMsgAsync("1 PreStart");

        actor.Tell(new Fail("boom"));

        await ExpectMsgAsync("1 PreRestart boom");
        await ExpectMsgAsync("1 PostStop");
        await ExpectMsgAsync("2 PostRestart boom");
        await ExpectMsgAsync("2 PreStart");
    }

    [Fact]
    public async Task The_failing_message_is_lost_and_the_mail_behind_it_is_kept()
    {
        var actor = ActorOf(Props.Create(() => new Counter()));

        actor.Tell("add");
        actor.Tell(new Fail("boom"));
        actor.Tell("add");
        actor.Tell("add");
        actor.Tell("count");

        await ExpectMsgAsync(2);
    }

    [Fact]
    public async Task A_restarted_actor_keeps_its_reference_and_uid()
    {
        var actor = ActorOf(Props.Create(() => new Counter()));
        actor.Tell("self");
        var before = await ExpectMsgAsync<IActorRef>();

        actor.Tell(new Fail("boom"));
        actor.Tell("self");

        var after = await ExpectMsgAsync<IActorRef>();
        Assert.Equal(before, after);
        Assert.Equal(before.Path.Uid, after.Path.Uid);
    }

    [Fact]
    public async Task A_restart_stops_the_children_before_the_new_instance_starts()
    {
        var actor = ActorOf(Props.Create(() => new ParentOfOne(TestActor)));
        await ExpectMsgAsync("child started");

        actor.Tell(new Fail("boom"));

        await ExpectMsgAsync("child stopped");
        await ExpectMsgAsync("parent restarted");
        await ExpectMsgAsync("child started");
    }

    [Fact]
    public async Task A_restart_resets_behaviours()
    {
        var actor = ActorOf(Props.Create(() => new Switching()));
        actor.Tell("switch");
        actor.Tell("which");
        await ExpectMsgAsync("second");

        actor.Tell(new Fail("boom"));
        actor.Tell("which");

        await ExpectMsgAsync("first");
    }

    [Fact]
    public async Task A_watch_on_an_actor_that_is_not_a_child_survives_a_restart()
    {
        var target = ActorOf(BlackHoleActor.Props);
        var watcher = ActorOf(Props.Create(() => new WatchingOnce(target, TestActor)));
        await ExpectMsgAsync("watching");

        watcher.Tell(new Fail("boom"));
        await ExpectMsgAsync("restarted");
        Sys.Stop(target);

        await ExpectMsgAsync("target is gone");
    }

    [Fact]
    public async Task A_stash_goes_back_to_the_mailbox_at_a_restart()
    {
        var actor = ActorOf(Props.Create(() => new StashingUntilRestarted()));

        actor.Tell("a");
        actor.Tell("b");
        actor.Tell(new Fail("boom"));
        actor.Tell("c");

        await ExpectMsgAsync("a");
        await ExpectMsgAsync("b");
        await ExpectMsgAsync("c");
    }

    [Fact]
    public async Task Kill_lets_the_supervisor_decide()
    {
        var actor = ActorOf(Patient.Props(TestActor));
        await ExpectMsgAsync("1 PreStart");
        await WatchAsync(actor);

        await EventFilter.Exception<ActorKilledException>().ExpectOneAsync(() =>
        {
            actor.Tell(Kill.Instance);
            return Task.CompletedTask;
        });

        await ExpectMsgAsync("1 PostStop");
        await ExpectTerminatedAsync(actor);
    }

    private sealed record Fail(string Why);

    private sealed class Patient : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly int[] _instances;
        private readonly int _number;

        public Patient(IActorRef log, int[] instances)
        {
            _log = log;
            _instances = instances;
            _number = ++_instances[0];
        }

        public static Props Props(IActorRef log)
        {
            var instances = new int[1];
            return Akka.Actor.Props.Create(() => new Patient(log, instances));
        }

        protected override void OnReceive(object message) => throw new InvalidOperationException(((Fail)message).Why);

        protected override void PreStart() => Say("PreStart");

        protected override void PostStop() => Say("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            Say($"PreRestart {((Fail)message).Why}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            Say($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }

        private void Say(string what) => _log.Tell($"{_number} {what}");
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<string>(text => text == "add", _ => _count++);
            Receive<string>(text => text == "count", _ => Sender.Tell(_count));
            Receive<string>(text => text == "self", _ => Sender.Tell(Self));
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
        }
    }

    private sealed class ParentOfOne : ReceiveActor
    {
        private readonly IActorRef _log;

        public ParentOfOne(IActorRef log)
        {
            _log = log;
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
        }

        protected override void PreStart() => Context.ActorOf(Props.Create(() => new Child(_log)), "child");

        protected override void PostRestart(Exception reason)
        {
            _log.Tell("parent restarted");
            base.PostRestart(reason);
        }

        private sealed class Child(IActorRef log) : UntypedActor
        {
            protected override void PreStart() => log.Tell("child started");

            protected override void PostStop() => log.Tell("child stopped");

            protected override void OnReceive(object message) => Unhandled(message);
        }
    }

    private sealed class Switching : ReceiveActor
    {
        public Switching()
        {
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
            Receive<string>(text => text == "which", _ => Sender.Tell("first"));
            Receive<string>(text => text == "switch", _ => Become(Second));
        }

        private void Second()
        {
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
            Receive<string>(_ => Sender.Tell("second"));
        }
    }

    private sealed class WatchingOnce : ReceiveActor
    {
        private readonly IActorRef _target;
        private readonly IActorRef _log;

        public WatchingOnce(IActorRef target, IActorRef log)
        {
            _target = target;
            _log = log;
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
            Receive<Terminated>(_ => log.Tell("target is gone"));
        }

        protected override void PreStart()
        {
            Context.Watch(_target);
            _log.Tell("watching");
        }

        protected override void PostRestart(Exception reason) => _log.Tell("restarted");
    }

    private sealed class StashingUntilRestarted : ReceiveActor, IWithUnboundedStash
    {
        private bool _restarted;

        public StashingUntilRestarted()
        {
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Why));
            Receive<string>(text =>
            {
                if (_restarted)
                {
                    Sender.Tell(text);
                }
                else
                {
                    Stash.Stash();
                }
            });
        }

        public IStash Stash { get; set; } = null!;

        protected override void PostRestart(Exception reason)
        {
            _restarted = true;
            base.PostRestart(reason);
        }
    }
}
