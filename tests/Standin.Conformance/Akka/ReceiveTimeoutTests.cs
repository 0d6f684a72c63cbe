using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ReceiveTimeoutTests : ActorConformance
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly IActorRef _actor;

    public ReceiveTimeoutTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
        _actor = ActorOf(Props.Create(() => new Impatient(Limit, TestActor)));
    }

    [Fact]
    public async Task Silence_is_told_again_and_again_until_the_timeout_is_taken_away()
    {
        for (var i = 0; i < 3; i++)
        {
            await Pass(Limit);
            await ExpectMsgAsync("timeout");
        }

        _actor.Tell("unset");
        await ExpectMsgAsync("unset");
        await Pass(Limit * 2);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Every_message_starts_the_wait_anew()
    {
        for (var i = 0; i < 3; i++)
        {
            await Pass(Limit * 0.9);
            _actor.Tell("hello");
            await ExpectMsgAsync("hello");
        }

        await Pass(Limit * 0.9);
        await ExpectNoMsgAsync(Quiet);
        await Pass(Limit * 0.1);
        await ExpectMsgAsync("timeout");
    }

    [Fact]
    public async Task A_message_that_has_no_influence_does_not_start_it_anew()
    {
        await Pass(Limit / 2);
        await Pass(Limit / 2);

        await ExpectMsgAsync("timeout");
    }

    [Fact]
    public async Task The_timeout_in_force_can_be_read()
    {
        _actor.Tell("read");
        await ExpectMsgAsync("00:00:10");
        _actor.Tell("unset");
        await ExpectMsgAsync("unset");
        _actor.Tell("read");
        await ExpectMsgAsync("none");
    }

    /// <summary>Lets time pass once the actor is through with its mail. The question itself has no influence.</summary>
    private async Task Pass(TimeSpan time)
    {
        _actor.Tell(new AreYouThrough());
        await ExpectMsgAsync<AreYouThrough>();
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }

    private sealed class AreYouThrough : INotInfluenceReceiveTimeout
    {
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(TimeSpan timeout, IActorRef log)
        {
            Context.SetReceiveTimeout(timeout);
            Receive<ReceiveTimeout>(_ => log.Tell("timeout"));
            Receive<AreYouThrough>(log.Tell);
            Receive<string>(text => text == "unset", _ =>
            {
                Context.SetReceiveTimeout(null);
                log.Tell("unset");
            });
            Receive<string>(text => text == "read", _ => log.Tell(Context.ReceiveTimeout?.ToString() ?? "none"));
            Receive<string>(log.Tell);
        }
    }
}
