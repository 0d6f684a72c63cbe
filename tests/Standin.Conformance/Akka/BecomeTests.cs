using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class BecomeTests : ActorConformance
{
    [Fact]
    public async Task The_first_Become_lies_above_the_initial_behaviour()
    {
        var actor = ActorOf(Props.Create(() => new Layered()));

        actor.Tell("become 1");
        actor.Tell("which");
        actor.Tell("unbecome");
        actor.Tell("which");

        await ExpectMsgAsync("1");
        await ExpectMsgAsync("initial");
    }

    [Fact]
    public async Task A_later_Become_replaces_the_one_on_top()
    {
        var actor = ActorOf(Props.Create(() => new Layered()));

        actor.Tell("become 1");
        actor.Tell("become 2");
        actor.Tell("which");
        actor.Tell("unbecome");
        actor.Tell("which");

        await ExpectMsgAsync("2");
        await ExpectMsgAsync("initial");
    }

    [Fact]
    public async Task BecomeStacked_keeps_what_is_below()
    {
        var actor = ActorOf(Props.Create(() => new Layered()));

        actor.Tell("stack 1");
        actor.Tell("stack 2");
        actor.Tell("which");
        actor.Tell("unbecome");
        actor.Tell("which");
        actor.Tell("unbecome");
        actor.Tell("which");

        await ExpectMsgAsync("2");
        await ExpectMsgAsync("1");
        await ExpectMsgAsync("initial");
    }

    [Fact]
    public async Task UnbecomeStacked_never_takes_away_the_initial_behaviour()
    {
        var actor = ActorOf(Props.Create(() => new Layered()));

        actor.Tell("unbecome");
        actor.Tell("unbecome");
        actor.Tell("which");

        await ExpectMsgAsync("initial");
    }

    [Fact]
    public async Task A_receive_actor_handles_in_its_new_state_only_what_that_state_declares()
    {
        var actor = ActorOf(Props.Create(() => new Door()));

        actor.Tell("open");
        await ExpectMsgAsync("opened");
        actor.Tell("open");
        await ExpectNoMsgAsync(Quiet);
        actor.Tell("close");
        await ExpectMsgAsync("closed");
    }

    private sealed class Layered : UntypedActor
    {
        protected override void OnReceive(object message) => Handle((string)message, "initial");

        private void Handle(string message, string name)
        {
            var words = message.Split(' ');
            switch (words[0])
            {
                case "become":
                    Become(next => Handle((string)next, words[1]));
                    break;
                case "stack":
                    BecomeStacked(next => Handle((string)next, words[1]));
                    break;
                case "unbecome":
                    UnbecomeStacked();
                    break;
                default:
                    Sender.Tell(name);
                    break;
            }
        }
    }

    private sealed class Door : ReceiveActor
    {
        public Door() => Closed();

        private void Closed() => Receive<string>(text => text == "open", _ =>
        {
            Become(Opened);
            Sender.Tell("opened");
        });

        private void Opened() => Receive<string>(text => text == "close", _ =>
        {
            Become(Closed);
            Sender.Tell("closed");
        });
    }
}
