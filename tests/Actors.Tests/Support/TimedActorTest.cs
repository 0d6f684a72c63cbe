using Akka.Configuration;
using Akka.TestKit;

namespace FedActors.Actors.Tests.Support;

/// <summary>A test that moves the actor system's time by hand.</summary>
public abstract class TimedActorTest() : ActorTest(
    ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
{
    private protected TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;
}
