using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ImplicitSenderTests : ActorConformance
{
    [Fact]
    public void The_test_actor_is_the_sender_in_a_test()
    {
        var echo = ActorOf(SimpleEchoActor.Props());

        echo.Tell("hello");

        ExpectMsg("hello");
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task The_test_actor_is_still_the_sender_after_an_await()
    {
        var echo = ActorOf(SimpleEchoActor.Props());

        await Task.Yield();
        echo.Tell("first");
        await ExpectMsgAsync("first");
        echo.Tell("second");
        await ExpectMsgAsync("second");
    }

    [Fact]
    public async Task Making_a_probe_leaves_the_sender_alone()
    {
        var echo = ActorOf(SimpleEchoActor.Props());
        var probe = CreateTestProbe();

        echo.Tell("hello");

        await ExpectMsgAsync("hello");
        await probe.ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_probe_sends_in_its_own_name()
    {
        var echo = ActorOf(SimpleEchoActor.Props());
        var probe = CreateTestProbe();

        probe.Send(echo, "hello");

        await probe.ExpectMsgAsync("hello");
        await ExpectNoMsgAsync(Quiet);
    }
}

public sealed class NoImplicitSenderTests : ActorConformance, INoImplicitSender
{
    [Fact]
    public async Task A_test_class_may_do_without_an_implicit_sender()
    {
        var actor = ActorOf(Props.Create(() => new TellsSender(TestActor)));

        actor.Tell("hello");

        await ExpectMsgAsync(Sys.DeadLetters);
    }

    private sealed class TellsSender : UntypedActor
    {
        private readonly IActorRef _log;

        public TellsSender(IActorRef log) => _log = log;

        protected override void OnReceive(object message) => _log.Tell(Sender);
    }
}
