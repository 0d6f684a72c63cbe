using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace FedActors.Actors.Tests.Support;

/// <summary>
/// A test with an actor system of its own, configured as a federation's is. Every message is serialized on its way,
/// so that none relies on sharing memory unless it says so.
/// </summary>
public abstract class ActorTest : TestKit
{
    /// <summary>For a condition that must come true; generous, because a busy machine is no failure.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Config Common = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.serialize-messages = on
          test {
            default-timeout = 20s
            single-expect-default = 20s
          }
        }
        """);

    protected ActorTest()
        : this(Config.Empty)
    {
    }

    protected ActorTest(Config config)
        : base(config.WithFallback(Common).WithFallback(ActorsConfiguration.Default))
    {
    }

    /// <summary>Returns when the actor has handled all that this thread has sent it.</summary>
    protected void AwaitHandled(IActorRef actor)
    {
        var asker = CreateTestProbe();
        actor.Tell(new Identify("handled"), asker);
        asker.ExpectMsg<ActorIdentity>();
    }

    /// <summary>Starts an actor whose parent hands on to <paramref name="listener"/> what it is told.</summary>
    protected IActorRef StartBelow(IActorRef listener, Props child, string name, Func<Exception, Directive> decide)
    {
        var parent = Sys.ActorOf(Props.Create(() => new ParentActor(child, name, listener, decide)));
        AwaitHandled(parent);
        return Find(parent, name)!;
    }

    /// <summary>The actor at a path below another, or null where there is none.</summary>
    protected IActorRef? Find(IActorRef above, string name)
    {
        var asker = CreateTestProbe();
        Sys.ActorSelection(above.Path / name).Tell(new Identify("who"), asker);
        return asker.ExpectMsg<ActorIdentity>().Subject;
    }
}
