using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class AskTests : ActorConformance
{
    private readonly IActorRef _echo;
    private readonly IActorRef _silent;

    public AskTests()
    {
        _echo = ActorOf(SimpleEchoActor.Props());
        _silent = ActorOf(BlackHoleActor.Props);
    }

    [Fact]
    public async Task An_answer_completes_the_task()
    {
        Assert.Equal("hello", await _echo.Ask<string>("hello", Patience));
        Assert.Equal(42, await _echo.Ask(42, Patience));
    }

    [Fact]
    public async Task No_answer_in_time_is_an_AskTimeoutException()
    {
        await Assert.ThrowsAsync<AskTimeoutException>(() => _silent.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task A_cancelled_token_cancels_the_task()
    {
        using var cancel = new CancellationTokenSource();
        var answer = _silent.Ask<string>("hello", Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.True(answer.IsCanceled);
    }

    [Fact]
    public async Task A_cancelled_token_cancels_a_task_without_time_out()
    {
        using var cancel = new CancellationTokenSource();
        var answer = _silent.Ask<string>("hello", cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_ArgumentException()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _echo.Ask<int>("not a number", Patience));
    }

    [Fact]
    public async Task A_null_within_the_answer_type_is_not_an_answer_but_a_subtype_is()
    {
        Assert.Equal("text", await _echo.Ask<IComparable>("text", Patience));
    }

    [Fact]
    public async Task A_failure_faults_the_task_with_its_cause()
    {
        var failure = new Status.Failure(new TimeoutException("too late"));

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => _echo.Ask<string>(failure, Patience));

        Assert.Equal("too late", (thrown as TimeoutException ?? thrown.InnerException)?.Message);
    }

    [Fact]
    public async Task Asking_for_an_object_does_not_lose_a_failure()
    {
        var failure = new Status.Failure(new TimeoutException("too late"));

        var outcome = await OutcomeOf(_echo.Ask<object>(failure, Patience));

        // Akka.NET 1.5.27 returns the failure as it is; newer versions throw its cause.
        Assert.True(ReferenceEquals(failure, outcome) || ReferenceEquals(failure.Cause, outcome));

        static async Task<object> OutcomeOf(Task<object> question)
        {
            try
            {
                return await question;
            }
            catch (TimeoutException thrown)
            {
                return thrown;
            }
        }
    }

    [Fact]
    public async Task Asking_for_the_failure_itself_returns_it()
    {
        var failure = new Status.Failure(new TimeoutException("too late"));

        Assert.Same(failure, await _echo.Ask<Status.Failure>(failure, Patience));
    }

    [Fact]
    public async Task The_question_can_be_made_from_the_reference_to_answer_to()
    {
        var answer = _silent.Ask<string>(replyTo => new Question(replyTo), Patience, CancellationToken.None);
        var byHand = ActorOf(Props.Create(() => new Answering()));

        Assert.Equal("answered", await byHand.Ask<string>(replyTo => new Question(replyTo), Patience, CancellationToken.None));
        Assert.False(answer.IsCompleted);
    }

    [Fact]
    public async Task An_answer_after_the_time_out_is_dropped()
    {
        var probe = CreateTestProbe();
        await Assert.ThrowsAsync<AskTimeoutException>(() => probe.Ref.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
        await probe.ExpectMsgAsync("hello");

        probe.Reply("too late");

        Assert.Equal("still works", await _echo.Ask<string>("still works", Patience));
    }

    [Fact]
    public async Task Many_questions_can_be_open_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => _echo.Ask<int>(i, Patience)));

        Assert.Equal(Enumerable.Range(0, 500), answers);
    }

    private sealed record Question(IActorRef ReplyTo);

    private sealed class Answering : ReceiveActor
    {
        public Answering() => Receive<Question>(question => question.ReplyTo.Tell("answered"));
    }
}
