using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Carries messages between systems over TCP.</summary>
internal sealed class Remoting : RemoteTransport
{
    public Remoting(ExtendedActorSystem system, RemoteActorRefProvider provider)
        : base(system, provider) => Log = Logging.GetLogger(system.EventStream, "remoting");

    public override ISet<Address> Addresses { get; } = new HashSet<Address>();

    public override Address DefaultAddress => null;

    public override void Start()
    {
    }

    public override Task Shutdown() => Task.CompletedTask;

    public override void Send(object message, IActorRef sender, RemoteActorRef recipient) => throw new RemoteTransportException("no transport");

    public override Task<bool> ManagementCommand(object cmd) => Task.FromResult(false);

    public override Task<bool> ManagementCommand(object cmd, CancellationToken cancellationToken) => ManagementCommand(cmd);

    public override Address LocalAddressForRemote(Address remote) => DefaultAddress;

    public override void Quarantine(Address address, int? uid)
    {
    }
}
