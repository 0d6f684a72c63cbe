using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class StashTests : ActorConformance
{
    [Fact]
    public async Task Stashed_messages_come_back_in_order_and_before_the_rest()
    {
        var actor = ActorOf(Props.Create(() => new Opening()));

        actor.Tell("1");
        actor.Tell("2");
        actor.Tell("open");
        actor.Tell("3");

        await ExpectMsgAsync("1");
        await ExpectMsgAsync("2");
        await ExpectMsgAsync("3");
    }

    [Fact]
    public async Task A_stashed_message_keeps_its_sender()
    {
        var actor = ActorOf(Props.Create(() => new Opening()));
        var other = CreateTestProbe();

        actor.Tell("mine", TestActor);
        actor.Tell("yours", other.Ref);
        actor.Tell("open");

        await ExpectMsgAsync("mine");
        await other.ExpectMsgAsync("yours");
    }

    [Fact]
    public async Task Unstash_returns_one_message()
    {
        var actor = ActorOf(Props.Create(() => new OneByOne()));

        actor.Tell("a");
        actor.Tell("b");
        actor.Tell("next");
        await ExpectMsgAsync("a");
        await ExpectNoMsgAsync(Quiet);
        actor.Tell("next");
        await ExpectMsgAsync("b");
    }

    [Fact]
    public async Task Stashing_the_same_message_twice_is_refused()
    {
        var actor = ActorOf(Props.Create(() => new Twice()));

        actor.Tell("same");

        await ExpectMsgAsync("refused");
    }

    [Fact]
    public async Task Two_equal_messages_can_both_be_stashed()
    {
        var actor = ActorOf(Props.Create(() => new Opening()));
        const string text = "same text";

        actor.Tell(text);
        actor.Tell(text);
        actor.Tell("open");

        await ExpectMsgAsync(text);
        await ExpectMsgAsync(text);
    }

    [Fact]
    public async Task A_message_that_came_back_can_be_stashed_again()
    {
        var actor = ActorOf(Props.Create(() => new Refusing(2)));

        actor.Tell("patient");
        actor.Tell("unstash");
        actor.Tell("unstash");

        await ExpectMsgAsync("patient");
    }

    [Fact]
    public async Task A_stash_can_be_counted_and_filtered()
    {
        var actor = ActorOf(Props.Create(() => new Selective()));

        actor.Tell("keep 1");
        actor.Tell("drop 2");
        actor.Tell("keep 3");
        actor.Tell("open");

        await ExpectMsgAsync("3 stashed, full: False, capacity: -1");
        await ExpectMsgAsync("keep 1");
        await ExpectMsgAsync("keep 3");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task IWithStash_works_like_IWithUnboundedStash()
    {
        var actor = ActorOf(Props.Create(() => new OpeningByPlainStash()));

        actor.Tell("1");
        actor.Tell("open");
        actor.Tell("2");

        await ExpectMsgAsync("1");
        await ExpectMsgAsync("2");
    }

    private sealed class Opening : ReceiveActor, IWithUnboundedStash
    {
        public Opening()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(Open);
                Stash.UnstashAll();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;

        private void Open() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Selective : ReceiveActor, IWithUnboundedStash
    {
        public Selective()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Sender.Tell($"{Stash.Count} stashed, full: {Stash.IsFull}, capacity: {Stash.Capacity}");
                Become(() => ReceiveAny(message => Sender.Tell(message)));
                Stash.UnstashAll(envelope => ((string)envelope.Message).StartsWith("keep", StringComparison.Ordinal));
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class OpeningByPlainStash : ReceiveActor, IWithStash
    {
        public OpeningByPlainStash()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => ReceiveAny(message => Sender.Tell(message)));
                Stash.UnstashAll();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class OneByOne : ReceiveActor, IWithUnboundedStash
    {
        private bool _answering;

        public OneByOne()
        {
            Receive<string>(text => text == "next", _ =>
            {
                _answering = true;
                Stash.Unstash();
            });
            Receive<string>(text =>
            {
                if (_answering)
                {
                    _answering = false;
                    Sender.Tell(text);
                }
                else
                {
                    Stash.Stash();
                }
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Twice : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            Stash.Stash();
            try
            {
                Stash.Stash();
            }
            catch (IllegalActorStateException)
            {
                Sender.Tell("refused");
            }
        }
    }

    private sealed class Refusing : ReceiveActor, IWithUnboundedStash
    {
        private int _refusals;

        public Refusing(int refusals)
        {
            _refusals = refusals;
            Receive<string>(text => text == "unstash", _ => Stash.UnstashAll());
            Receive<string>(text =>
            {
                if (_refusals-- > 0)
                {
                    Stash.Stash();
                }
                else
                {
                    Sender.Tell(text);
                }
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
