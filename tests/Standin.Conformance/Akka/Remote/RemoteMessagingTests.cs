using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RemoteMessagingTests : RemoteConformance
{
    [Fact]
    public async Task An_actor_of_another_node_gets_a_message_and_can_answer_its_sender()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        echo.Tell("hello", TestActor);

        await ExpectMsgAsync("hello");
        Assert.Equal(AddressOf(node), LastSender.Path.Address);
        Assert.Equal("/user/echo", LastSender.Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        for (var i = 0; i < 5_000; i++)
        {
            echo.Tell(i, TestActor);
        }

        for (var i = 0; i < 5_000; i++)
        {
            await ExpectMsgAsync(i, Patience);
        }
    }

    [Fact]
    public async Task An_ask_is_answered_from_another_node()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        Assert.Equal(42L, await echo.Ask<object>(42L, Patience));
    }

    [Fact]
    public async Task Many_asks_at_once_get_each_its_own_answer()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => echo.Ask<int>(i, Patience)));

        Assert.Equal(Enumerable.Range(0, 500), answers);
    }

    [Fact]
    public async Task A_failure_from_another_node_faults_the_ask()
    {
        var node = Node();
        var broken = Seen(Sys, node.ActorOf(Props.Create(() => new Broken()), "broken"), node);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Ask<string>("hello", Patience));

        Assert.Equal("out of order", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 世界")]
    [InlineData(int.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1.5)]
    [InlineData(true)]
    public async Task A_value_comes_back_as_what_it_was(object value)
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        Assert.Equal(value, await echo.Ask<object>(value, Patience));
    }

    [Fact]
    public async Task Bytes_come_back_as_they_were()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();

        Assert.Equal(bytes, await echo.Ask<byte[]>(bytes, Patience));
    }

    [Fact]
    public async Task A_reference_in_a_message_leads_back_to_its_actor()
    {
        var node = Node();
        var greeter = Seen(Sys, node.ActorOf(Props.Create(() => new Greeter()), "greeter"), node);

        greeter.Tell(TestActor);

        await ExpectMsgAsync("greetings");
    }

    [Fact]
    public async Task A_forwarded_message_keeps_its_sender_over_three_nodes()
    {
        var second = Node("second");
        var third = Node("third");
        var echo = Seen(second, third.ActorOf(Props.Create(() => new Echo()), "echo"), third);
        var forwarder = Seen(Sys, second.ActorOf(Props.Create(() => new Forwarder(echo)), "forwarder"), second);

        forwarder.Tell("hello", TestActor);

        await ExpectMsgAsync("hello");
        Assert.Equal(AddressOf(third), LastSender.Path.Address);
    }

    [Fact]
    public async Task A_poison_pill_from_another_node_stops_an_actor()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Seen(Sys, home, node);
        Watch(echo);

        echo.Tell(PoisonPill.Instance);

        await ExpectTerminatedAsync(echo, Patience);
    }

    [Fact]
    public async Task A_message_without_a_sender_arrives_without_one()
    {
        var node = Node();
        var reporter = Seen(Sys, node.ActorOf(Props.Create(() => new SenderReporter(Seen(node, TestActor, Sys))), "reporter"), node);

        reporter.Tell("who?", ActorRefs.NoSender);

        await ExpectMsgAsync("deadLetters");
    }

    [Fact]
    public async Task An_incarnation_that_is_gone_gets_nothing_that_was_meant_for_it()
    {
        var node = Node();
        var first = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var reference = Seen(Sys, first, node);
        Assert.Equal("hello", await reference.Ask<string>("hello", Patience));
        await first.GracefulStop(Patience);
        await NamesAreFree(node);
        var second = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        reference.Tell("to the first", TestActor);
        second.Tell("to the second", TestActor);

        await ExpectMsgAsync("to the second");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_path_without_an_incarnation_leads_to_whoever_has_the_name_now()
    {
        var node = Node();
        var first = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var reference = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(node)}/user/echo");
        Assert.Equal("hello", await reference.Ask<string>("hello", Patience));
        await first.GracefulStop(Patience);
        await NamesAreFree(node);
        node.ActorOf(Props.Create(() => new Echo()), "echo");

        // A genuine node may remember the old one for a while, each of its threads by itself.
        await AwaitAssertAsync(
            async () => Assert.Equal("hello again", await reference.Ask<string>("hello again", Quiet)), Patience);
    }

    /// <summary>
    /// Who waits for an actor's end may hear of it before its parent has struck out the name. The parent does so before it
    /// answers mail.
    /// </summary>
    private static Task NamesAreFree(ActorSystem node) =>
        node.ActorSelection("/user").Ask<ActorIdentity>(new Identify("names are free"), Patience);

    private sealed class Broken : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(new Status.Failure(new InvalidOperationException("out of order")));
    }

    private sealed class Greeter : UntypedActor
    {
        protected override void OnReceive(object message) => ((IActorRef)message).Tell("greetings");
    }

    private sealed class SenderReporter(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Tell(Sender.Path.Name);
    }
}
