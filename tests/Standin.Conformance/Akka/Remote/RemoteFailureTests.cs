using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using FedActors.Host.Tests.Support;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RemoteFailureTests : RemoteConformance
{
    [Fact]
    public async Task Messages_to_a_node_that_is_not_there_become_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"akka.tcp://ghost@127.0.0.1:{FreePort.Next()}/user/echo");

        nobody.Tell("hello", TestActor);

        var letter = await FishForMessageAsync<DeadLetter>(l => l.Message is "hello", Patience);
        Assert.Equal(TestActor, letter.Sender);
    }

    [Fact]
    public async Task A_failed_connection_is_told_on_the_event_stream()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationErrorEvent));
        var address = Address.Parse($"akka.tcp://ghost@127.0.0.1:{FreePort.Next()}");

        Sys.ActorSelection(new RootActorPath(address) / "user" / "echo").Tell("hello");

        var error = await ExpectMsgAsync<AssociationErrorEvent>(Patience);
        Assert.Equal(address, error.RemoteAddress);
        Assert.False(error.IsInbound);
    }

    [Fact]
    public async Task Connections_that_come_and_go_are_told_on_the_event_stream()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AssociatedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(DisassociatedEvent));
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));

        var begin = await ExpectMsgAsync<AssociatedEvent>(Patience);
        await node.Terminate().WaitAsync(Patience);
        var end = await FishForMessageAsync<DisassociatedEvent>(_ => true, Patience);

        Assert.Equal(AddressOf(Sys), begin.LocalAddress);
        Assert.Equal("akka.tcp", begin.RemoteAddress.Protocol);
        Assert.Equal(begin.RemoteAddress, end.RemoteAddress);
    }

    [Fact]
    public async Task A_message_beyond_the_frame_size_is_dropped_and_the_next_arrives()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        Sys.EventStream.Subscribe(TestActor, typeof(DisassociatedEvent));
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        echo.Tell("before", TestActor);
        await ExpectMsgAsync("before");

        echo.Tell(new byte[200_000], TestActor);
        echo.Tell("after", TestActor);

        var error = await ExpectMsgAsync<Error>(Patience);
        Assert.Contains("oversized payload", $"{error.Message} {error.Cause}", StringComparison.OrdinalIgnoreCase);
        await ExpectMsgAsync("after");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_larger_frame_size_lets_larger_messages_through()
    {
        const string Large = "akka.remote.dot-netty.tcp.maximum-frame-size = 2 MiB";
        var here = Node("here", Large);
        var there = Node("there", Large);
        var echo = Seen(here, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);
        var bytes = Enumerable.Range(0, 1_500_000).Select(i => (byte)(i * 31)).ToArray();

        Assert.Equal(bytes, await echo.Ask<byte[]>(bytes, Patience));
    }

    [Fact]
    public async Task A_message_that_cannot_be_serialized_is_dropped_and_the_next_arrives()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);

        echo.Tell(new Unserializable(), TestActor);
        echo.Tell("after", TestActor);

        await ExpectMsgAsync("after", Patience);
    }

    [Fact]
    public async Task A_message_that_the_other_node_cannot_read_is_dropped_and_the_next_arrives()
    {
        var serializer = typeof(PickySerializer);
        var here = Node("here", $$"""
            akka.actor {
              serializers.picky = "{{serializer.AssemblyQualifiedName}}"
              serialization-bindings { "{{typeof(Secret).AssemblyQualifiedName}}" = picky }
            }
            """);
        var echo = Seen(here, Sys.ActorOf(Props.Create(() => new Echo()), "echo"), Sys);

        await Assert.ThrowsAsync<AskTimeoutException>(() => echo.Ask<object>(new Secret(), TimeSpan.FromMilliseconds(300)));

        Assert.Equal("after", await echo.Ask<string>("after", Patience));
    }

    [Fact]
    public async Task A_node_that_was_restarted_is_another_one_and_can_be_reached_again()
    {
        var port = FreePort.Next();
        var settings = $"akka.remote.dot-netty.tcp.port = {port}";
        var first = Node("phoenix", settings);
        first.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(first)}/user/echo");
        await AssertReachesAsync(echo, "first");
        var uid = AddressUidExtension.Uid(first);

        await first.Terminate().WaitAsync(Patience);
        var second = Node("phoenix", settings);
        second.ActorOf(Props.Create(() => new Echo()), "echo");

        await AssertReachesAsync(echo, "second");
        Assert.NotEqual(uid, AddressUidExtension.Uid(second));
    }

    [Fact]
    public async Task A_quarantined_node_gets_no_messages_and_is_told_so()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        await AssertReachesAsync(echo, "before");
        var uid = AddressUidExtension.Uid(node);
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var quarantined = node.ActorOf(Props.Create(() => new Listener()));
        node.EventStream.Subscribe(quarantined, typeof(ThisActorSystemQuarantinedEvent));

        ProviderOf(Sys).Quarantine(AddressOf(node), uid);

        var news = await ExpectMsgAsync<QuarantinedEvent>(Patience);
        Assert.Equal(AddressOf(node), news.Address);
        Assert.Equal(uid, news.Uid);
        echo.Tell("after", TestActor);
        await FishForMessageAsync<DeadLetter>(l => l.Message is "after", Patience);
        await AwaitAssertAsync(
            async () => Assert.NotNull(await quarantined.Ask<object>("heard?", TimeSpan.FromSeconds(1))), Patience);
    }

    [Fact]
    public async Task A_quarantined_node_is_welcome_again_after_a_restart()
    {
        var port = FreePort.Next();
        var settings = $"akka.remote.dot-netty.tcp.port = {port}";
        var first = Node("phoenix", settings);
        first.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(first)}/user/echo");
        await AssertReachesAsync(echo, "first");

        ProviderOf(Sys).Quarantine(AddressOf(first), AddressUidExtension.Uid(first));
        await first.Terminate().WaitAsync(Patience);
        var second = Node("phoenix", settings);
        second.ActorOf(Props.Create(() => new Echo()), "echo");

        await AssertReachesAsync(echo, "second");
    }

    [Fact]
    public async Task A_node_under_another_name_does_not_get_what_was_meant_for_the_one_before()
    {
        var port = FreePort.Next();
        var node = Node("newcomer", $"akka.remote.dot-netty.tcp.port = {port}");
        node.ActorOf(Props.Create(() => new Echo()), "echo");
        var stranger = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"akka.tcp://predecessor@127.0.0.1:{port}/user/echo");

        stranger.Tell("hello", TestActor);

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        var taken = AddressOf(Sys).Port;

        await Assert.ThrowsAnyAsync<Exception>(
            () => Task.Run(() => Node("late", $"akka.remote.dot-netty.tcp {{ port = {taken}, tcp-reuse-addr = off }}")));
    }

    private sealed class Unserializable
    {
        public string Broken => throw new InvalidOperationException("cannot be read");
    }

    private sealed class Secret;

    private sealed class PickySerializer(ExtendedActorSystem system) : Akka.Serialization.Serializer(system)
    {
        public override int Identifier => 4711;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => [1, 2, 3];

        public override object FromBinary(byte[] bytes, Type type) => new Secret();
    }

    private sealed class Listener : UntypedActor
    {
        private object? _news;

        protected override void OnReceive(object message)
        {
            if (message is "heard?")
            {
                if (_news is not null)
                {
                    Sender.Tell("yes");
                }
            }
            else
            {
                _news = message;
            }
        }
    }
}
