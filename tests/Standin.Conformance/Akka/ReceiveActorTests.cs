using Akka.Actor;
using Akka.Event;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ReceiveActorTests : ActorConformance
{
    [Fact]
    public async Task The_first_handler_that_fits_wins()
    {
        var actor = ActorOf(Props.Create(() => new Sorting()));

        actor.Tell(5);
        actor.Tell(50);
        actor.Tell("text");
        actor.Tell(1.5);

        await ExpectMsgAsync("small int");
        await ExpectMsgAsync("int");
        await ExpectMsgAsync("string");
        await ExpectMsgAsync("any");
    }

    [Fact]
    public async Task A_handler_for_a_base_type_takes_what_derives_from_it()
    {
        var actor = ActorOf(Props.Create(() => new ByBaseType()));

        actor.Tell(new ArgumentNullException());
        actor.Tell(new List<int>());

        await ExpectMsgAsync("argument");
        await ExpectMsgAsync("enumerable");
    }

    [Fact]
    public async Task What_no_handler_takes_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = ActorOf(Props.Create(() => new OnlyStrings()));

        actor.Tell(42);

        var unhandled = await ExpectMsgAsync<UnhandledMessage>();
        Assert.Equal(42, unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
        Assert.Equal(TestActor, unhandled.Sender);
    }

    [Fact]
    public async Task An_untyped_actor_handles_everything_unless_it_says_otherwise()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = ActorOf(Props.Create(() => new SaysUnhandled()));

        actor.Tell("ignored");
        actor.Tell("unhandled");

        await ExpectMsgAsync<UnhandledMessage>(unhandled => unhandled.Message.Equals("unhandled"));
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_handler_after_a_catch_all_is_refused()
    {
        await EventFilter.Exception(typeof(InvalidOperationException), contains: "", checkInnerExceptions: true).ExpectOneAsync(async () =>
        {
            var actor = ActorOf(Props.Create(() => new HandlerAfterCatchAll()));
            await WatchAsync(actor);
            await ExpectTerminatedAsync(actor);
        });
    }

    [Fact]
    public async Task A_predicate_may_follow_its_handler()
    {
        var actor = ActorOf(Props.Create(() => new PredicateLast()));

        actor.Tell(2);
        actor.Tell(3);

        await ExpectMsgAsync("even");
        await ExpectMsgAsync("odd");
    }

    [Fact]
    public async Task A_function_handler_that_returns_false_leaves_the_message_to_the_next()
    {
        var actor = ActorOf(Props.Create(() => new Declining()));

        actor.Tell("take");
        actor.Tell("leave");

        await ExpectMsgAsync("first took take");
        await ExpectMsgAsync("second took leave");
    }

    private sealed class Sorting : ReceiveActor
    {
        public Sorting()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small int"));
            Receive<int>(_ => Sender.Tell("int"));
            Receive<string>(_ => Sender.Tell("string"));
            ReceiveAny(_ => Sender.Tell("any"));
        }
    }

    private sealed class ByBaseType : ReceiveActor
    {
        public ByBaseType()
        {
            Receive<ArgumentException>(_ => Sender.Tell("argument"));
            Receive<IEnumerable<int>>(_ => Sender.Tell("enumerable"));
        }
    }

    private sealed class OnlyStrings : ReceiveActor
    {
        public OnlyStrings() => Receive<string>(_ => { });
    }

    private sealed class SaysUnhandled : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "unhandled")
            {
                Unhandled(message);
            }
        }
    }

    private sealed class HandlerAfterCatchAll : ReceiveActor
    {
        public HandlerAfterCatchAll()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }

    private sealed class PredicateLast : ReceiveActor
    {
        public PredicateLast()
        {
            Receive<int>(_ => Sender.Tell("even"), number => number % 2 == 0);
            Receive<int>(_ => Sender.Tell("odd"));
        }
    }

    private sealed class Declining : ReceiveActor
    {
        public Declining()
        {
            Receive<string>(text =>
            {
                if (text == "leave")
                {
                    return false;
                }

                Sender.Tell($"first took {text}");
                return true;
            });
            Receive<string>(text => Sender.Tell($"second took {text}"));
        }
    }
}
