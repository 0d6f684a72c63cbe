using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class StopTests : ActorConformance
{
    [Fact]
    public async Task Stop_overtakes_the_mail_that_waits_and_sends_it_to_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var gate = CreateTestLatch();
        var actor = ActorOf(Props.Create(() => new Quitter(gate)));
        await WatchAsync(actor);

        actor.Tell("quit");
        actor.Tell("never handled");
        gate.Open();

        await ExpectMsgAsync("after stop");
        await ExpectMsgAsync<DeadLetter>(letter => letter.Message.Equals("never handled"));
        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task PoisonPill_waits_behind_the_mail()
    {
        var actor = ActorOf(Props.Create(() => new Steady()));
        await WatchAsync(actor);

        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("three");

        await ExpectMsgAsync("handled one");
        await ExpectMsgAsync("handled two");
        await ExpectTerminatedAsync(actor);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Children_stop_first_and_the_watchers_hear_last()
    {
        var parent = ActorOf(Props.Create(() => new Family(TestActor, 2)), "family");
        await ExpectMsgAsync("family-started");
        await WatchAsync(parent);

        Sys.Stop(parent);

        await ExpectMsgAsync("0-1-stopped");
        await ExpectMsgAsync("0-stopped");
        await ExpectMsgAsync("family-stopped");
        await ExpectTerminatedAsync(parent);
    }

    [Fact]
    public async Task What_is_stashed_when_an_actor_stops_goes_to_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = ActorOf(Props.Create(() => new Hoarder()));

        actor.Tell("kept back");
        actor.Tell(PoisonPill.Instance);

        await ExpectMsgAsync<DeadLetter>(letter => letter.Message.Equals("kept back"));
    }

    [Fact]
    public async Task A_name_is_free_again_once_the_parent_knows_that_the_child_is_gone()
    {
        var parent = ActorOf(Props.Create(() => new Reusing(TestActor)));

        parent.Tell("start");
        var first = await ExpectMsgAsync<IActorRef>();
        parent.Tell("stop");
        await ExpectMsgAsync("gone");
        parent.Tell("start");

        var second = await ExpectMsgAsync<IActorRef>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task GracefulStop_is_true_once_the_actor_is_gone()
    {
        var actor = ActorOf(Props.Create(() => new Steady()));
        await WatchAsync(actor);

        Assert.True(await actor.GracefulStop(Patience));

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task An_actor_can_stop_itself_and_still_finishes_its_message()
    {
        var actor = ActorOf(Props.Create(() => new Quitter(null)));
        await WatchAsync(actor);

        actor.Tell("quit");

        await ExpectMsgAsync("after stop");
        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task A_terminated_system_has_stopped_every_actor()
    {
        var actor = ActorOf(Props.Create(() => new Family(TestActor, 1)), "family");
        await ExpectMsgAsync("family-started");

        await Sys.Terminate().WaitAsync(Patience);

        Assert.True(Sys.WhenTerminated.IsCompletedSuccessfully);
        await ExpectMsgAsync("0-stopped");
        await ExpectMsgAsync("family-stopped");
        Assert.Throws<InvalidOperationException>(() => Sys.ActorOf(Props.Create(() => new Quitter(null))));
    }

    private sealed class Steady : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"handled {message}");
    }

    private sealed class Family : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly int _depth;

        public Family(IActorRef log, int depth)
        {
            _log = log;
            _depth = depth;
        }

        protected override void PreStart()
        {
            if (_depth > 0)
            {
                var name = Self.Path.Name == "family" ? "0" : $"{Self.Path.Name}-1";
                Context.ActorOf(Props.Create(() => new Family(_log, _depth - 1)), name);
            }

            if (Self.Path.Name == "family")
            {
                _log.Tell("family-started");
            }
        }

        protected override void PostStop() => _log.Tell($"{Self.Path.Name}-stopped");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Hoarder : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message) => Stash.Stash();
    }

    private sealed class Reusing : ReceiveActor
    {
        public Reusing(IActorRef log)
        {
            Receive<string>(text => text == "start", _ =>
                log.Tell(Context.Watch(Context.ActorOf(Props.Create(() => new Quitter(null)), "child"))));
            Receive<string>(text => text == "stop", _ => Context.Stop(Context.Child("child")));
            Receive<Terminated>(_ => log.Tell("gone"));
        }
    }

    private sealed class Quitter : UntypedActor
    {
        private readonly TestLatch? _gate;

        public Quitter(TestLatch? gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            _gate?.Ready();
            Context.Stop(Self);
            Sender.Tell("after stop");
        }
    }
}
