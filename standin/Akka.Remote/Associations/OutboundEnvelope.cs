using Akka.Actor;

namespace Akka.Remote;

/// <summary>A message on its way out.</summary>
internal readonly record struct OutboundEnvelope(object Message, IActorRef Sender, RemoteActorRef Recipient);
