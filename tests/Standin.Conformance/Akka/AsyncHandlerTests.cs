using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class AsyncHandlerTests : ActorConformance
{
    [Fact]
    public async Task While_a_handler_awaits_no_other_message_is_handled()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = ActorOf(Props.Create(() => new Awaiting(gate.Task)));

        actor.Tell("await");
        await ExpectMsgAsync("awaiting");
        actor.Tell("next");
        await ExpectNoMsgAsync(Quiet);
        gate.SetResult();

        await ExpectMsgAsync("awaited");
        await ExpectMsgAsync("next");
    }

    [Fact]
    public async Task Self_and_Sender_are_the_same_after_an_await()
    {
        var actor = ActorOf(Props.Create(() => new RemembersSender()));
        var asking = CreateTestProbe();

        actor.Tell("who", asking.Ref);
        actor.Tell("who", TestActor);

        await asking.ExpectMsgFromAsync(actor, "you");
        await ExpectMsgFromAsync(actor, "you");
    }

    [Fact]
    public async Task A_failure_before_or_after_an_await_is_supervised()
    {
        var actor = ActorOf(Props.Create(() => new FailingAsync()));

        foreach (var when in new[] { "before", "after" })
        {
            await EventFilter.Exception<InvalidOperationException>(message: when).ExpectOneAsync(() =>
            {
                actor.Tell(when);
                return Task.CompletedTask;
            });
        }

        actor.Tell("count");
        await ExpectMsgAsync("fresh");
    }

    [Fact]
    public async Task An_awaiting_actor_can_still_be_stopped()
    {
        var never = new TaskCompletionSource();
        var actor = ActorOf(Props.Create(() => new Awaiting(never.Task)));
        await WatchAsync(actor);
        actor.Tell("await");
        await ExpectMsgAsync("awaiting");

        Sys.Stop(actor);

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task ReceiveAnyAsync_takes_what_is_left()
    {
        var actor = ActorOf(Props.Create(() => new Remainder()));

        actor.Tell(1);
        actor.Tell("one");

        await ExpectMsgAsync("a number");
        await ExpectMsgAsync("something else");
    }

    [Fact]
    public async Task An_untyped_actor_can_await_through_RunTask()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = ActorOf(Props.Create(() => new RunningTask(gate.Task)));

        actor.Tell("await");
        actor.Tell("next");
        await ExpectMsgAsync("awaiting");
        await ExpectNoMsgAsync(Quiet);
        gate.SetResult();

        await ExpectMsgAsync("awaited");
        await ExpectMsgAsync("next");
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(Task gate)
        {
            ReceiveAsync<string>(text => text == "await", async _ =>
            {
                Sender.Tell("awaiting");
                await gate;
                Sender.Tell("awaited");
            });
            Receive<string>(text => Sender.Tell(text));
        }
    }

    private sealed class RemembersSender : ReceiveActor
    {
        public RemembersSender() => ReceiveAsync<string>(async _ =>
        {
            await Task.Yield();
            Sender.Tell("you", Self);
        });
    }

    private sealed class FailingAsync : ReceiveActor
    {
        private int _handled;

        public FailingAsync()
        {
            ReceiveAsync<string>(text => text != "count", async text =>
            {
                _handled++;
                if (text == "before")
                {
                    throw new InvalidOperationException(text);
                }

                await Task.Yield();
                throw new InvalidOperationException(text);
            });
            Receive<string>(_ => Sender.Tell(_handled == 0 ? "fresh" : "used"));
        }
    }

    private sealed class Remainder : ReceiveActor
    {
        public Remainder()
        {
            ReceiveAsync<int>(_ => Answer("a number"));
            ReceiveAnyAsync(_ => Answer("something else"));
        }

        private async Task Answer(string text)
        {
            await Task.Yield();
            Sender.Tell(text);
        }
    }

    private sealed class RunningTask : UntypedActor
    {
        private readonly Task _gate;

        public RunningTask(Task gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            if (message is "await")
            {
                RunTask(async () =>
                {
                    Sender.Tell("awaiting");
                    await _gate;
                    Sender.Tell("awaited");
                });
            }
            else
            {
                Sender.Tell(message);
            }
        }
    }
}
