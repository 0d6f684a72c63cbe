using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class SupervisionTests : ActorConformance
{
    [Fact]
    public void The_default_decider_stops_what_cannot_start_or_was_killed_and_restarts_the_rest()
    {
        var decider = SupervisorStrategy.DefaultDecider;

        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("no")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("no")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(TestActor)));
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException("no")));
    }

    [Fact]
    public async Task An_actor_whose_constructor_throws_is_stopped()
    {
        await EventFilter.Exception<ActorInitializationException>().ExpectOneAsync(async () =>
        {
            var actor = ActorOf(Props.Create(() => new Stillborn()));
            await WatchAsync(actor);
            await ExpectTerminatedAsync(actor);
        });
    }

    [Fact]
    public async Task Resume_keeps_the_state()
    {
        var child = await StartChild(new OneForOneStrategy(_ => Directive.Resume));

        child.Tell("add");
        child.Tell(new InvalidOperationException("boom"));
        child.Tell("add");
        child.Tell("count");

        await ExpectMsgAsync(2);
    }

    [Fact]
    public async Task Restart_loses_the_state()
    {
        var child = await StartChild(new OneForOneStrategy(_ => Directive.Restart));

        child.Tell("add");
        child.Tell(new InvalidOperationException("boom"));
        child.Tell("add");
        child.Tell("count");

        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task Stop_stops()
    {
        var child = await StartChild(new OneForOneStrategy(_ => Directive.Stop));
        await WatchAsync(child);

        child.Tell(new InvalidOperationException("boom"));

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task Escalate_fails_the_supervisor_with_the_same_exception()
    {
        var grandparent = ActorOf(Props.Create(() => new Supervisor(
            new OneForOneStrategy(exception => exception is TimeoutException ? Directive.Stop : Directive.Restart))));
        grandparent.Tell(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate))));
        var parent = await ExpectMsgAsync<IActorRef>();
        parent.Tell(Props.Create(() => new Child()));
        var child = await ExpectMsgAsync<IActorRef>();
        await WatchAsync(parent);

        child.Tell(new TimeoutException("boom"));

        await ExpectTerminatedAsync(parent);
    }

    [Fact]
    public async Task The_directive_depends_on_the_exception()
    {
        var child = await StartChild(new OneForOneStrategy(exception => exception switch
        {
            ArgumentException => Directive.Resume,
            InvalidOperationException => Directive.Restart,
            _ => Directive.Stop,
        }));
        await WatchAsync(child);

        child.Tell("add");
        child.Tell(new ArgumentException("resume"));
        child.Tell("count");
        await ExpectMsgAsync(1);
        child.Tell(new InvalidOperationException("restart"));
        child.Tell("count");
        await ExpectMsgAsync(0);
        child.Tell(new TimeoutException("stop"));
        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task One_for_one_leaves_the_siblings_alone()
    {
        var (failing, sibling) = await StartTwo(new OneForOneStrategy(_ => Directive.Restart));

        sibling.Tell("add");
        failing.Tell(new InvalidOperationException("boom"));
        failing.Tell("count");
        await ExpectMsgAsync(0);

        sibling.Tell("count");
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var (failing, sibling) = await StartTwo(new AllForOneStrategy(_ => Directive.Restart));
        sibling.Tell("add");
        sibling.Tell("count");
        await ExpectMsgAsync(1);

        failing.Tell(new InvalidOperationException("boom"));

        await AwaitAssertAsync(async () =>
        {
            sibling.Tell("count");
            await ExpectMsgAsync(0);
        });
    }

    [Fact]
    public async Task All_for_one_stops_the_siblings_too()
    {
        var (failing, sibling) = await StartTwo(new AllForOneStrategy(_ => Directive.Stop));
        await WatchAsync(failing);
        await WatchAsync(sibling);

        failing.Tell(new InvalidOperationException("boom"));

        var gone = new[] { await ExpectMsgAsync<Terminated>(), await ExpectMsgAsync<Terminated>() };
        Assert.Equal(new[] { failing, sibling }.Order(), gone.Select(terminated => terminated.ActorRef).Order());
    }

    [Fact]
    public async Task A_child_that_failed_more_often_than_allowed_is_stopped()
    {
        var child = await StartChild(new OneForOneStrategy(2, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        await WatchAsync(child);

        child.Tell(new InvalidOperationException("first"));
        child.Tell(new InvalidOperationException("second"));
        child.Tell("count");
        await ExpectMsgAsync(0);
        child.Tell(new InvalidOperationException("third"));

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task No_retries_means_stop_at_once()
    {
        var child = await StartChild(new OneForOneStrategy(0, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        await WatchAsync(child);

        child.Tell(new InvalidOperationException("first"));

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task Minus_one_retries_means_without_end()
    {
        var child = await StartChild(new OneForOneStrategy(-1, Timeout.InfiniteTimeSpan, _ => Directive.Restart));

        for (var i = 0; i < 20; i++)
        {
            child.Tell(new InvalidOperationException("again"));
        }

        child.Tell("count");
        await ExpectMsgAsync(0);
    }

    [Fact]
    public async Task Failures_within_a_window_count_together()
    {
        var child = await StartChild(new OneForOneStrategy(1, TimeSpan.FromMinutes(5), _ => Directive.Restart));
        await WatchAsync(child);

        child.Tell(new InvalidOperationException("first"));
        child.Tell("count");
        await ExpectMsgAsync(0);
        child.Tell(new InvalidOperationException("second"));

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task A_strategy_given_by_props_wins_over_that_of_the_class()
    {
        var parent = ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Stop)))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        parent.Tell(Props.Create(() => new Child()));
        var child = await ExpectMsgAsync<IActorRef>();

        child.Tell("add");
        child.Tell(new InvalidOperationException("boom"));
        child.Tell("count");

        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task A_failure_is_logged_as_an_error_with_its_cause_and_the_path()
    {
        var child = await StartChild(new OneForOneStrategy(_ => Directive.Restart));

        await EventFilter.Exception<InvalidOperationException>(message: "boom", source: child.Path.ToString()).ExpectOneAsync(() =>
        {
            child.Tell(new InvalidOperationException("boom"));
            return Task.CompletedTask;
        });
    }

    private async Task<IActorRef> StartChild(SupervisorStrategy strategy)
    {
        var parent = ActorOf(Props.Create(() => new Supervisor(strategy)));
        parent.Tell(Props.Create(() => new Child()));
        return await ExpectMsgAsync<IActorRef>();
    }

    private async Task<(IActorRef Failing, IActorRef Sibling)> StartTwo(SupervisorStrategy strategy)
    {
        var parent = ActorOf(Props.Create(() => new Supervisor(strategy)));
        parent.Tell(Props.Create(() => new Child()));
        parent.Tell(Props.Create(() => new Child()));
        return (await ExpectMsgAsync<IActorRef>(), await ExpectMsgAsync<IActorRef>());
    }

    private sealed class Supervisor : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Supervisor(SupervisorStrategy strategy)
        {
            _strategy = strategy;
            Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private sealed class Child : ReceiveActor
    {
        private int _count;

        public Child()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(text => text == "add", _ => _count++);
            Receive<string>(text => text == "count", _ => Sender.Tell(_count));
        }
    }

    private sealed class Stillborn : ReceiveActor
    {
        public Stillborn() => throw new InvalidOperationException("never");
    }
}
