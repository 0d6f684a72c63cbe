using Akka.Actor;
using Akka.Event;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class SenderTests : ActorConformance
{
    [Fact]
    public async Task Without_a_sender_the_sender_is_the_dead_letter_reference()
    {
        var actor = ActorOf(Props.Create(() => new WhoAsks(TestActor)));

        actor.Tell("who?", ActorRefs.NoSender);

        await ExpectMsgAsync(Sys.DeadLetters);
    }

    [Fact]
    public async Task Within_an_actor_the_implicit_sender_is_that_actor()
    {
        var relay = ActorOf(Props.Create(() => new Relay(TestActor)));

        relay.Tell("plain");

        await ExpectMsgFromAsync(relay, "plain");
    }

    [Fact]
    public async Task Forward_keeps_the_original_sender()
    {
        var relay = ActorOf(Props.Create(() => new Relay(TestActor)));
        var origin = CreateTestProbe();

        relay.Tell("forward", origin.Ref);

        await ExpectMsgFromAsync(origin.Ref, "forward");
    }

    [Fact]
    public void Telling_null_is_refused()
    {
        Assert.ThrowsAny<Exception>(() => TestActor.Tell(null!));
        Assert.Throws<InvalidMessageException>(() => Sys.DeadLetters.Tell(null!));
    }

    [Fact]
    public async Task A_reply_to_nobody_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = ActorOf(Props.Create(() => new Echo()));

        actor.Tell("hello", ActorRefs.NoSender);

        var letter = await ExpectMsgAsync<DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal(actor, letter.Sender);
        Assert.Equal(Sys.DeadLetters, letter.Recipient);
    }

    [Fact]
    public async Task Nobody_swallows_what_it_is_told()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        ActorRefs.Nobody.Tell("hello");

        await ExpectNoMsgAsync(Quiet);
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.True(ActorRefs.NoSender.IsNobody());
        Assert.True(Sys.DeadLetters.IsNobody());
        Assert.False(TestActor.IsNobody());
    }

    private sealed class WhoAsks : UntypedActor
    {
        private readonly IActorRef _log;

        public WhoAsks(IActorRef log) => _log = log;

        protected override void OnReceive(object message) => _log.Tell(Sender);
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef target)
        {
            Receive<string>(text => text == "plain", target.Tell);
            Receive<string>(target.Forward);
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
