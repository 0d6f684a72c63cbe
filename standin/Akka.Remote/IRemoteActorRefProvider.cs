using Akka.Actor;

namespace Akka.Remote;

/// <summary>A provider whose references reach other systems.</summary>
public interface IRemoteActorRefProvider : IActorRefProvider
{
    IInternalActorRef RemoteDaemon { get; }

    /// <summary>The actor that watches the actors of other systems for those of this one.</summary>
    IActorRef RemoteWatcher { get; }

    RemoteTransport Transport { get; }

    RemoteSettings RemoteSettings { get; }

    /// <summary>True if the address is one of this system.</summary>
    bool HasAddress(Address address);

    IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress);

    /// <summary>Resolves without any cache.</summary>
    IActorRef InternalResolveActorRef(string path);

    /// <inheritdoc cref="RemoteTransport.Quarantine"/>
    void Quarantine(Address address, int? uid);
}
