using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class NamesAndPropsTests : ActorConformance
{
    [Fact]
    public void A_path_names_the_system_and_every_parent()
    {
        var actor = ActorOf(BlackHoleActor.Props, "worker");

        Assert.Equal("akka://test/user/worker", actor.Path.ToString());
        Assert.Equal("/user/worker", actor.Path.ToStringWithoutAddress());
        Assert.Equal("worker", actor.Path.Name);
        Assert.Equal(["user", "worker"], actor.Path.Elements);
        Assert.Equal("user", actor.Path.Parent.Name);
        Assert.Equal(new Address("akka", "test"), actor.Path.Address);
        Assert.Equal(actor.Path, actor.Path.Parent / "worker");
        Assert.Equal(actor.Path, ActorPath.Parse("akka://test/user/worker"));
    }

    [Fact]
    public void Two_children_cannot_have_the_same_name()
    {
        ActorOf(BlackHoleActor.Props, "worker");

        Assert.Throws<InvalidActorNameException>(() => ActorOf(BlackHoleActor.Props, "worker"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$reserved")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void Some_names_are_refused(string name)
    {
        Assert.Throws<InvalidActorNameException>(() => ActorOf(BlackHoleActor.Props, name));
    }

    [Fact]
    public void Nameless_actors_get_names_of_their_own()
    {
        var names = Enumerable.Range(0, 100).Select(_ => ActorOf(BlackHoleActor.Props).Path.Name).ToList();

        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Props_carry_constructor_arguments_by_expression_or_by_type()
    {
        var byExpression = ActorOf(Props.Create(() => new Greeter("hello", 2)));
        var byType = ActorOf(Props.Create<Greeter>("hello", 3));
        var byTypeObject = ActorOf(Props.Create(typeof(Greeter), "hello", 4));

        byExpression.Tell("?");
        await ExpectMsgAsync("hello 2");
        byType.Tell("?");
        await ExpectMsgAsync("hello 3");
        byTypeObject.Tell("?");
        await ExpectMsgAsync("hello 4");
    }

    [Fact]
    public void Props_are_not_changed_by_what_is_derived_from_them()
    {
        var props = Props.Create(() => new Greeter("hello", 1));

        var other = props.WithDispatcher("other").WithMailbox("box");

        Assert.Equal(typeof(Greeter), props.Type);
        Assert.Equal("other", other.Dispatcher);
        Assert.Equal("box", other.Mailbox);
        Assert.NotEqual("other", props.Dispatcher);
    }

    [Fact]
    public async Task A_context_knows_its_family()
    {
        var parent = ActorOf(Props.Create(() => new Parent()), "parent");

        parent.Tell("family");

        await ExpectMsgAsync("self parent, parent user, children one two, missing nobody");
    }

    [Fact]
    public async Task Every_incarnation_of_a_name_has_its_own_uid()
    {
        var first = ActorOf(BlackHoleActor.Props, "again");
        Assert.True(await first.GracefulStop(Patience));

        IActorRef? second = null;
        await AwaitAssertAsync(() =>
        {
            second = ActorOf(BlackHoleActor.Props, "again");
        });

        Assert.Equal(first.Path, second!.Path);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
        Assert.NotEqual(first, second);
    }

    private sealed class Greeter : UntypedActor
    {
        private readonly string _text;
        private readonly int _number;

        public Greeter(string text, int number)
        {
            _text = text;
            _number = number;
        }

        protected override void OnReceive(object message) => Sender.Tell($"{_text} {_number}");
    }

    private sealed class Parent : UntypedActor
    {
        protected override void PreStart()
        {
            Context.ActorOf(BlackHoleActor.Props, "one");
            Context.ActorOf(BlackHoleActor.Props, "two");
        }

        protected override void OnReceive(object message)
        {
            var children = string.Join(' ', Context.GetChildren().Select(child => child.Path.Name).Order());
            var missing = Context.Child("three").IsNobody() ? "nobody" : "somebody";
            Sender.Tell($"self {Self.Path.Name}, parent {Context.Parent.Path.Name}, children {children}, missing {missing}");
        }
    }
}
