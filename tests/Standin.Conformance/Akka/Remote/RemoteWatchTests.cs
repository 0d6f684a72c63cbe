using Akka.Actor;
using Akka.Remote;
using FedActors.Host.Tests.Support;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RemoteWatchTests : RemoteConformance
{
    private const string Nervous =
        """
        akka.remote.watch-failure-detector {
          heartbeat-interval = 100 ms
          acceptable-heartbeat-pause = 2 s
          unreachable-nodes-reaper-interval = 100 ms
          expected-response-after = 100 ms
        }
        """;

    public RemoteWatchTests()
        : base(Nervous)
    {
    }

    [Fact]
    public async Task A_watcher_hears_that_an_actor_of_another_node_stopped()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Seen(Sys, home, node);
        Watch(echo);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));

        node.Stop(home);

        var terminated = await ExpectTerminatedAsync(echo, Patience);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task What_an_actor_said_before_it_stopped_comes_before_the_news_of_its_end()
    {
        var node = Node();
        var chatterbox = Seen(Sys, node.ActorOf(Props.Create(() => new Chatterbox()), "chatterbox"), node);
        Watch(chatterbox);
        chatterbox.Tell("say it", TestActor);

        for (var i = 0; i < 100; i++)
        {
            await ExpectMsgAsync(i);
        }

        await ExpectTerminatedAsync(chatterbox, Patience);
    }

    [Fact]
    public async Task A_watcher_gets_the_message_it_asked_for()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Seen(Sys, home, node);
        Sys.ActorOf(Props.Create(() => new Watcher(echo, TestActor)));
        await ExpectMsgAsync("watching");

        node.Stop(home);

        await ExpectMsgAsync("it is gone", Patience);
    }

    [Fact]
    public async Task A_watcher_hears_at_once_of_an_actor_that_never_was()
    {
        var node = Node();
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(node)}/user/missing");

        Watch(nobody);

        var terminated = await ExpectTerminatedAsync(nobody, Patience);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task A_watch_that_was_taken_back_is_silent()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Seen(Sys, home, node);
        Watch(echo);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));

        Unwatch(echo);
        node.Stop(home);

        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task The_watchers_of_a_node_that_shuts_down_hear_of_it()
    {
        var node = Node();
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        Watch(echo);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));

        await node.Terminate().WaitAsync(Patience);

        await ExpectTerminatedAsync(echo, Patience);
    }

    [Fact]
    public async Task The_watchers_of_a_node_that_was_never_there_hear_of_it()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"akka.tcp://ghost@127.0.0.1:{FreePort.Next()}/user/echo");

        Watch(nobody);

        var terminated = await ExpectTerminatedAsync(nobody, Patience);
        Assert.Equal(nobody, terminated.ActorRef);
    }

    [Fact]
    public async Task The_watchers_of_a_node_that_falls_silent_hear_of_it()
    {
        using var cable = new Cable(FreePort.Next());
        var node = Node(settings: $"akka.remote.dot-netty.tcp {{ port = {cable.Target}, public-port = {cable.Port} }}");
        var echo = Seen(Sys, node.ActorOf(Props.Create(() => new Echo()), "echo"), node);
        Watch(echo);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        var listener = CreateTestProbe();
        Sys.EventStream.Subscribe(listener, typeof(QuarantinedEvent));
        var uid = AddressUidExtension.Uid(node);
        var lengths = new HashSet<int>();

        // Some heartbeats, with the first answer to which the watcher learns whom it watches.
        await AwaitConditionAsync(() => Task.FromResult(lengths.Add(cable.Heard.Length) && lengths.Count > 5), Patience);
        cable.Silence();

        var terminated = await ExpectTerminatedAsync(echo, Patience);
        Assert.True(terminated.AddressTerminated);
        var quarantined = await listener.ExpectMsgAsync<QuarantinedEvent>(Patience);
        Assert.Equal(AddressOf(node), quarantined.Address);
        Assert.Equal(uid, quarantined.Uid);
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly IActorRef _listener;

        public Watcher(IActorRef watchee, IActorRef listener)
        {
            _listener = listener;
            Context.WatchWith(watchee, "it is gone");
            listener.Tell("watching");
        }

        protected override void OnReceive(object message) => _listener.Tell(message);
    }

    private sealed class Chatterbox : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < 100; i++)
            {
                Sender.Tell(i);
            }

            Context.Stop(Self);
        }
    }
}
