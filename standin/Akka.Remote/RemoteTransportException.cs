using Akka.Actor;

namespace Akka.Remote;

/// <summary>Something about the network, or about the settings for it, is wrong.</summary>
public class RemoteTransportException : AkkaException
{
    public RemoteTransportException(string message, Exception cause = null)
        : base(message, cause)
    {
    }
}
