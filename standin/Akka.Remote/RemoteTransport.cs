using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Carries messages between systems.</summary>
public abstract class RemoteTransport
{
    protected RemoteTransport(ExtendedActorSystem system, RemoteActorRefProvider provider)
    {
        System = system;
        Provider = provider;
    }

    public ExtendedActorSystem System { get; }

    public RemoteActorRefProvider Provider { get; }

    /// <summary>The addresses under which this system can be reached.</summary>
    public abstract ISet<Address> Addresses { get; }

    public abstract Address DefaultAddress { get; }

    public ILoggingAdapter Log { get; protected set; }

    protected bool UseUntrustedMode { get; set; }

    public abstract void Start();

    public abstract Task Shutdown();

    public abstract void Send(object message, IActorRef sender, RemoteActorRef recipient);

    public abstract Task<bool> ManagementCommand(object cmd);

    public abstract Task<bool> ManagementCommand(object cmd, CancellationToken cancellationToken);

    /// <summary>The address of this system to use towards another one.</summary>
    public abstract Address LocalAddressForRemote(Address remote);

    /// <summary>Ends all dealings with one incarnation of a system. Without a uid, with whoever is there now.</summary>
    public abstract void Quarantine(Address address, int? uid);
}
