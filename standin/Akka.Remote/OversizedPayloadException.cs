namespace Akka.Remote;

/// <summary>A message was too long to be sent.</summary>
internal sealed class OversizedPayloadException(string message) : RemoteTransportException(message);
