using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class PipeToTests : ActorConformance
{
    [Fact]
    public async Task The_result_arrives_without_a_sender()
    {
        await Task.FromResult(42).PipeTo(TestActor);

        await ExpectMsgAsync(42);
        Assert.Equal(Sys.DeadLetters, LastSender);
    }

    [Fact]
    public async Task The_result_arrives_from_the_sender_that_was_given()
    {
        var sender = CreateTestProbe();

        await Task.FromResult(42).PipeTo(TestActor, sender.Ref);

        await ExpectMsgFromAsync(sender.Ref, 42);
    }

    [Fact]
    public async Task A_failure_arrives_as_a_failure()
    {
        await Task.FromException<int>(new TimeoutException("too late")).PipeTo(TestActor);

        var failure = await ExpectMsgAsync<Status.Failure>();
        Assert.Equal("too late", Innermost(failure.Cause).Message);
    }

    [Fact]
    public async Task Success_and_failure_can_be_made_into_messages()
    {
        await Task.FromResult(42).PipeTo(TestActor, success: number => $"got {number}");
        await Task.FromException<int>(new TimeoutException("too late"))
            .PipeTo(TestActor, failure: exception => $"failed: {Innermost(exception).Message}");

        await ExpectMsgAsync("got 42");
        await ExpectMsgAsync("failed: too late");
    }

    [Fact]
    public async Task A_task_without_a_result_sends_only_what_it_is_told_to()
    {
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");

        await ExpectMsgAsync("done");
    }

    [Fact]
    public async Task A_detached_task_comes_back_to_its_actor()
    {
        var work = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = ActorOf(Props.Create(() => new Worker(work.Task)));

        actor.Tell("start");
        actor.Tell("still alive?");
        await ExpectMsgAsync("alive");
        work.SetResult(7);

        await ExpectMsgAsync("result 7");
    }

    [Fact]
    public async Task A_cancelled_task_arrives_as_a_failure()
    {
        await Task.FromCanceled<int>(new CancellationToken(canceled: true)).PipeTo(TestActor);

        var failure = await ExpectMsgAsync<Status.Failure>();
        Assert.IsAssignableFrom<OperationCanceledException>(Innermost(failure.Cause));
    }

    private static Exception Innermost(Exception exception) =>
        exception is AggregateException { InnerException: { } inner } ? Innermost(inner) : exception;

    private sealed class Worker : ReceiveActor
    {
        public Worker(Task<int> work)
        {
            IActorRef customer = ActorRefs.Nobody;
            Receive<string>(text => text == "start", _ =>
            {
                customer = Sender;
                work.PipeTo(Self);
            });
            Receive<string>(_ => Sender.Tell("alive"));
            Receive<int>(result => customer.Tell($"result {result}"));
        }
    }
}
