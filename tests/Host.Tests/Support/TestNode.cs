using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using FedActors.Host.Hosts;
using FedActors.Host.Runs;

namespace FedActors.Host.Tests.Support;

/// <summary>
/// The actor system of a host in this process, without the host's actors. Its settings are composed and it is started and
/// ended by the host's own code, so that tests see what hosts rely on.
/// </summary>
internal sealed class TestNode : IAsyncDisposable
{
    // Generous, because a busy machine is no failure.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Engine _engine;
    private readonly Inbox _log;

    private TestNode(Engine engine)
    {
        _engine = engine;
        _log = Open("warnings");
        System.EventStream.Subscribe(_log.Actor, typeof(Warning));
        System.EventStream.Subscribe(_log.Actor, typeof(Error));
    }

    public ActorSystem System => _engine.System;

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    public Address Address => Cluster.SelfAddress;

    private ExtendedActorSystem Extended => (ExtendedActorSystem)System;

    /// <summary>Starts an actor system that has not joined a cluster.</summary>
    /// <param name="settings">What the file of the host would say in <c>akka</c>, as HOCON.</param>
    /// <param name="roles">What the host does.</param>
    public static TestNode Start(string settings = "", params string[] roles)
    {
        // Whoever is ended leaves the cluster first, unless told otherwise; a crash must not.
        var engine = ConfigurationFactory.ParseString("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        return new TestNode(Engine.Start(
            Node.Compose(ConfigurationFactory.ParseString(settings).WithFallback(engine), roles, verbose: false), log: null));
    }

    /// <summary>Lets nodes join one after the other, so that the first is the oldest, and waits until all know all.</summary>
    public static async Task JoinAsync(params TestNode[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.Cluster.JoinAsync(nodes[0].Address).WaitAsync(Patience);
        }

        foreach (var node in nodes)
        {
            var members = node.Open("members");
            node.Cluster.Subscribe(members.Actor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));
            for (var up = 0; up < nodes.Length; up++)
            {
                await members.NextAsync();
            }
        }
    }

    /// <summary>Starts an actor whose mail can be waited for.</summary>
    public Inbox Open(string name) => new(System, name);

    /// <summary>The reference that this node has of another's actor.</summary>
    public IActorRef Seen(TestNode home, IActorRef actor) =>
        Extended.Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(home.Address));

    /// <summary>The next warning or error in the actors' log by which the host counts a refused message.</summary>
    public async Task<LogEvent> NextRefusalAsync()
    {
        while (true)
        {
            var log = (LogEvent)(await _log.NextAsync()).Message;
            if (RefusalWatcher.IsRefusal(log))
            {
                return log;
            }
        }
    }

    /// <summary>Ends without a word to the others: its connections go before its actors do.</summary>
    public async Task CrashAsync()
    {
        await ((IRemoteActorRefProvider)Extended.Provider).Transport.Shutdown().WaitAsync(Patience);
        await System.Terminate().WaitAsync(Patience);
    }

    /// <summary>Leaves as a host does.</summary>
    public async ValueTask DisposeAsync() => await _engine.DisposeAsync().AsTask().WaitAsync(Patience);

    /// <summary>An actor that keeps what it is told.</summary>
    internal sealed class Inbox
    {
        private readonly Channel<(object Message, IActorRef Sender)> _mail = Channel.CreateUnbounded<(object, IActorRef)>();

        public Inbox(ActorSystem system, string name) => Actor = system.ActorOf(Props.Create(() => new Keeper(_mail)), name);

        public IActorRef Actor { get; }

        public async Task<(object Message, IActorRef Sender)> NextAsync() =>
            await _mail.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        /// <summary>Asks for a <see cref="Terminated"/> when an actor has ended.</summary>
        public void Watch(IActorRef actor) => Actor.Tell(new Watched(actor));

        private sealed record Watched(IActorRef Actor);

        private sealed class Keeper(ChannelWriter<(object Message, IActorRef Sender)> mail) : UntypedActor
        {
            protected override void OnReceive(object message)
            {
                if (message is Watched watched)
                {
                    Context.Watch(watched.Actor);
                }
                else
                {
                    mail.TryWrite((message, Sender));
                }
            }
        }
    }
}
