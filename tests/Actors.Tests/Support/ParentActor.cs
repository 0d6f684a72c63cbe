using Akka.Actor;

namespace FedActors.Actors.Tests.Support;

/// <summary>Supervises one child as a test says, and hands on whatever the child tells its parent.</summary>
internal sealed class ParentActor(Props child, string name, IActorRef listener, Func<Exception, Directive> decide) : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(decide);

    protected override void PreStart()
    {
        Context.ActorOf(child, name);
        base.PreStart();
    }

    protected override void OnReceive(object message) => listener.Forward(message);
}
