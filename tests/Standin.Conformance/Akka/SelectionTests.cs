using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class SelectionTests : ActorConformance
{
    [Fact]
    public async Task An_absolute_path_selects_an_actor()
    {
        var echo = ActorOf(SimpleEchoActor.Props(), "echo");

        Sys.ActorSelection("/user/echo").Tell("hello");

        await ExpectMsgFromAsync(echo, "hello");
    }

    [Fact]
    public async Task A_full_path_with_its_address_selects_an_actor()
    {
        var echo = ActorOf(SimpleEchoActor.Props(), "echo");

        Sys.ActorSelection("akka://test/user/echo").Tell("hello");
        await ExpectMsgFromAsync(echo, "hello");
        Sys.ActorSelection(echo.Path).Tell("again");
        await ExpectMsgFromAsync(echo, "again");
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_actor_that_asks()
    {
        ActorOf(SimpleEchoActor.Props(), "sibling");
        var searching = ActorOf(Props.Create(() => new Searching()), "searching");

        searching.Tell("../sibling");
        await ExpectMsgAsync("found sibling");
        searching.Tell("child");
        await ExpectMsgAsync("found child");
        searching.Tell("/user/searching/child");
        await ExpectMsgAsync("found child");
    }

    [Fact]
    public async Task A_wildcard_selects_all_that_fit()
    {
        var parent = ActorOf(Props.Create(() => new Litter(3)), "litter");
        parent.Tell("ready?");
        await ExpectMsgAsync("ready");

        Sys.ActorSelection("/user/litter/*").Tell("hello");
        ExpectMsgAllOf("hello from c0", "hello from c1", "hello from d2");
        Sys.ActorSelection("/user/litter/c*").Tell("hello");
        ExpectMsgAllOf("hello from c0", "hello from c1");
        Sys.ActorSelection("/user/litter/c?").Tell("hello");
        ExpectMsgAllOf("hello from c0", "hello from c1");
    }

    [Fact]
    public async Task Identify_finds_out_whether_an_actor_is_there()
    {
        var echo = ActorOf(SimpleEchoActor.Props(), "echo");

        Sys.ActorSelection("/user/echo").Tell(new Identify(1));
        var there = await ExpectMsgAsync<ActorIdentity>();
        Assert.Equal(1, there.MessageId);
        Assert.Equal(echo, there.Subject);

        Sys.ActorSelection("/user/nobody").Tell(new Identify(2));
        var absent = await ExpectMsgAsync<ActorIdentity>();
        Assert.Equal(2, absent.MessageId);
        Assert.Null(absent.Subject);
    }

    [Fact]
    public async Task A_reference_answers_Identify_itself()
    {
        var blackHole = ActorOf(BlackHoleActor.Props);

        blackHole.Tell(new Identify("id"));

        await ExpectMsgAsync<ActorIdentity>(identity => identity.Subject.Equals(blackHole));
    }

    [Fact]
    public async Task ResolveOne_returns_the_reference_or_fails()
    {
        var echo = ActorOf(SimpleEchoActor.Props(), "echo");

        Assert.Equal(echo, await Sys.ActorSelection("/user/echo").ResolveOne(Patience));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(Patience));
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        ActorOf(SimpleEchoActor.Props(), "echo");

        Assert.Equal("hello", await Sys.ActorSelection("/user/echo").Ask<string>("hello", Patience));
    }

    private sealed class Searching : ReceiveActor
    {
        public Searching()
        {
            IActorRef customer = ActorRefs.Nobody;
            Context.ActorOf(SimpleEchoActor.Props(), "child");
            Receive<string>(path =>
            {
                customer = Sender;
                Context.ActorSelection(path).Tell(new Identify(path));
            });
            Receive<ActorIdentity>(identity => customer.Tell($"found {identity.Subject?.Path.Name ?? "nobody"}"));
        }
    }

    private sealed class Litter : ReceiveActor
    {
        public Litter(int size)
        {
            for (var i = 0; i < size; i++)
            {
                Context.ActorOf(Props.Create<Puppy>(), (i < 2 ? "c" : "d") + i);
            }

            ReceiveAny(_ => Sender.Tell("ready"));
        }
    }

    private sealed class Puppy : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{message} from {Self.Path.Name}");
    }
}
