using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class LifecycleFailureTests : ActorConformance
{
    [Fact]
    public async Task An_actor_whose_PreStart_throws_is_stopped()
    {
        var actor = ActorOf(Props.Create(() => new Fragile("PreStart")));
        await WatchAsync(actor);

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task An_actor_whose_PostRestart_throws_is_stopped()
    {
        var actor = ActorOf(Props.Create(() => new Fragile("PostRestart")));
        await WatchAsync(actor);

        actor.Tell(new InvalidOperationException("boom"));

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task An_actor_whose_PreRestart_throws_is_restarted_all_the_same()
    {
        var actor = ActorOf(Props.Create(() => new Fragile("PreRestart")));

        actor.Tell(new InvalidOperationException("boom"));
        actor.Tell("hello");

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public async Task An_actor_whose_PostStop_throws_is_gone_all_the_same()
    {
        var actor = ActorOf(Props.Create(() => new Fragile("PostStop")));
        await WatchAsync(actor);

        Sys.Stop(actor);

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task A_failed_child_waits_for_the_decision_of_its_supervisor()
    {
        var gate = CreateTestLatch();
        var supervisor = ActorOf(Props.Create(() => new Hesitant(gate, TestActor)));
        supervisor.Tell(Props.Create(() => new Fragile("nowhere")));
        var child = await ExpectMsgAsync<IActorRef>();

        child.Tell(new InvalidOperationException("boom"));
        await ExpectMsgAsync("deciding");
        child.Tell("hello");
        await ExpectNoMsgAsync(Quiet);
        gate.Open();

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public async Task The_children_of_a_failed_actor_wait_with_it()
    {
        var gate = CreateTestLatch();
        var supervisor = ActorOf(Props.Create(() => new Hesitant(gate, TestActor)));
        supervisor.Tell(Props.Create(() => new Parenting()));
        var parent = await ExpectMsgAsync<IActorRef>();
        parent.Tell("child");
        var grandchild = await ExpectMsgAsync<IActorRef>();

        parent.Tell(new InvalidOperationException("boom"));
        await ExpectMsgAsync("deciding");
        grandchild.Tell("hello");
        await ExpectNoMsgAsync(Quiet);
        gate.Open();

        await ExpectMsgFromAsync(grandchild, "hello");
    }

    [Fact]
    public async Task A_child_that_was_stopped_while_its_parent_restarts_is_not_counted_twice()
    {
        var parent = ActorOf(Props.Create(() => new StopsThenFails(TestActor)));

        parent.Tell("go");

        await ExpectMsgAsync("restarted with 0 children");
    }

    private sealed class Fragile : ReceiveActor
    {
        private readonly string _where;

        public Fragile(string where)
        {
            _where = where;
            Receive<Exception>(exception => throw exception);
            ReceiveAny(message => Sender.Tell(message));
        }

        protected override void PreStart() => BreakAt("PreStart");

        protected override void PostStop() => BreakAt("PostStop");

        protected override void PreRestart(Exception reason, object message) => BreakAt("PreRestart");

        protected override void PostRestart(Exception reason) => BreakAt("PostRestart");

        private void BreakAt(string place)
        {
            if (_where == place)
            {
                throw new InvalidOperationException($"broken at {place}");
            }
        }
    }

    private sealed class Hesitant : ReceiveActor
    {
        private readonly TestLatch _gate;
        private readonly IActorRef _log;

        public Hesitant(TestLatch gate, IActorRef log)
        {
            _gate = gate;
            _log = log;
            Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            _log.Tell("deciding");
            _gate.Ready();
            return Directive.Resume;
        });
    }

    private sealed class Parenting : ReceiveActor
    {
        public Parenting()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(_ => Sender.Tell(Context.ActorOf(SimpleEchoActor.Props())));
        }
    }

    private sealed class StopsThenFails : ReceiveActor
    {
        private readonly IActorRef _log;

        public StopsThenFails(IActorRef log)
        {
            _log = log;
            Receive<string>(_ =>
            {
                for (var i = 0; i < 10; i++)
                {
                    Context.Stop(Context.ActorOf(BlackHoleActor.Props));
                    Context.ActorOf(BlackHoleActor.Props);
                }

                throw new InvalidOperationException("boom");
            });
        }

        protected override void PostRestart(Exception reason) =>
            _log.Tell($"restarted with {Context.GetChildren().Count()} children");
    }
}
