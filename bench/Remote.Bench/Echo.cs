using Akka.Actor;

namespace FedActors.Remote.Bench;

/// <summary>Answers with what it was told.</summary>
internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}
