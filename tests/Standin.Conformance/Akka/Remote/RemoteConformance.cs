using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using Xunit;

namespace FedActors.Standin.Conformance;

/// <summary>What every test with more than one node shares: the test's own system is one node, others are made as needed.</summary>
public abstract class RemoteConformance : ActorConformance, IAsyncLifetime
{
    private const string Remoting =
        """
        akka {
          actor.provider = remote
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          remote {
            retry-gate-closed-for = 200 ms
            log-remote-lifecycle-events = off
            dot-netty.tcp {
              hostname = 127.0.0.1
              port = 0
            }
          }
        }
        """;

    private static readonly Config Calm = ConfigurationFactory.ParseString(
        """
        akka {
          stdout-loglevel = OFF
          loglevel = OFF
          log-dead-letters = off
        }
        """);

    private readonly List<ActorSystem> _nodes = [];
    private readonly string _settings;

    protected RemoteConformance(string settings = "")
        : base(settings + "\n" + Remoting) => _settings = settings;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Terminate().WaitAsync(Patience);
        }
    }

    protected static Address AddressOf(ActorSystem node) => ((ExtendedActorSystem)node).Provider.DefaultAddress;

    protected static IRemoteActorRefProvider ProviderOf(ActorSystem node) => (IRemoteActorRefProvider)((ExtendedActorSystem)node).Provider;

    /// <summary>One more node, with the settings of the first unless told otherwise.</summary>
    protected ActorSystem Node(string name = "other", string settings = "")
    {
        var config = ConfigurationFactory.ParseString(settings)
            .WithFallback(ConfigurationFactory.ParseString(_settings))
            .WithFallback(ConfigurationFactory.ParseString(Remoting))
            .WithFallback(Calm);
        var node = ActorSystem.Create(name, config);
        _nodes.Add(node);
        return node;
    }

    /// <summary>The reference that another node has of an actor.</summary>
    protected static IActorRef Seen(ActorSystem from, IActorRef actor, ActorSystem home) =>
        ((ExtendedActorSystem)from).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(AddressOf(home)));

    /// <summary>Waits until a message gets from the test's node to an actor of another.</summary>
    protected Task AssertReachesAsync(IActorRef echo, string text) => AwaitAssertAsync(
        async () =>
        {
            echo.Tell(text, TestActor);
            await FishForMessageAsync(m => Equals(m, text), TimeSpan.FromMilliseconds(300));
        },
        Patience,
        TimeSpan.FromMilliseconds(50));

    /// <summary>Answers with what it was told.</summary>
    protected sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    /// <summary>Passes on what it is told, as if the sender had told the other itself.</summary>
    protected sealed class Forwarder(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Forward(message);
    }
}
