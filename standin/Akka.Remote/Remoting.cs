using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Tcp;

namespace Akka.Remote;

/// <summary>Carries messages between systems over TCP.</summary>
internal sealed partial class Remoting : RemoteTransport
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Address> _addresses = [];
    private readonly int _uid;
    private Address _address;
    private Listener _listener;
    private Timer _timer;

    public Remoting(ExtendedActorSystem system, RemoteActorRefProvider provider)
        : base(system, provider)
    {
        Log = Logging.GetLogger(system.EventStream, "remoting");
        Settings = provider.RemoteSettings;
        UseUntrustedMode = Settings.UntrustedMode;
        Tcp = new TcpSettings(system, Transport(Settings).Config);
        Events = new EventPublisher(system, Log, Settings.RemoteLifecycleEventsLogLevel);
        Complaints = new Complaints(Log);
        Inbound = new InboundDispatcher(this);
        _uid = AddressUidExtension.Uid(system);
    }

    public override ISet<Address> Addresses => _addresses;

    public override Address DefaultAddress => _address;

    internal RemoteSettings Settings { get; }

    internal TcpSettings Tcp { get; }

    internal EventPublisher Events { get; }

    internal Complaints Complaints { get; }

    internal InboundDispatcher Inbound { get; }

    public override void Start()
    {
        Log.Info("Starting remoting");
        try
        {
            _listener = new Listener(Tcp);
        }
        catch (SocketException e)
        {
            var error = new RemoteTransportException($"Cannot listen on {Tcp.Hostname}:{Tcp.Port}: {e.Message}", e);
            Events.Notify(new RemotingErrorEvent(error));
            throw error;
        }

        _address = new Address(Tcp.Protocol, System.Name, Tcp.PublicHostname, Tcp.PublicPort ?? _listener.Port);
        _addresses.Add(_address);
        _ = Task.Run(AcceptAsync);
        _timer = new Timer(_ => Tick(), null, TickInterval, TickInterval);
        Log.Info("Remoting started; listening on addresses : [{0}]", _address);
        Events.Notify(new RemotingListenEvent([_address]));
    }

    public override async Task Shutdown()
    {
        if (_listener is null || _stopping.IsCancellationRequested)
        {
            return;
        }

        _listener.Dispose();
        await FlushAsync().ConfigureAwait(false);
        _stopping.Cancel();
        await _timer.DisposeAsync().ConfigureAwait(false);
        Events.Notify(new RemotingShutdownEvent());
    }

    public override void Send(object message, IActorRef sender, RemoteActorRef recipient)
    {
        var way = recipient.Way ??= AssociationWith(recipient.Path.Address);
        way.Send(message, sender, recipient);
    }

    public override Task<bool> ManagementCommand(object cmd) => Task.FromResult(false);

    public override Task<bool> ManagementCommand(object cmd, CancellationToken cancellationToken) => ManagementCommand(cmd);

    public override Address LocalAddressForRemote(Address remote) => remote.Protocol == _address?.Protocol
        ? _address
        : throw new RemoteTransportException(
            $"No transport is responsible for address: {remote} although protocol {remote.Protocol} is available. "
            + $"Make sure that all systems are configured for [{_address?.Protocol}].");

    public override void Quarantine(Address address, int? uid) => AssociationWith(address).Quarantine(uid, "quarantined");

    private static RemoteSettings.TransportSettings Transport(RemoteSettings settings) => settings.Transports switch
    {
        [var only] => only,
        var several => throw new RemoteTransportException(
            $"akka.remote.enabled-transports names {several.Length} transports; this library has the one of akka.remote.dot-netty.tcp."),
    };

    private Association AssociationWith(Address address) => _associations.GetOrAdd(address, a => new Association(this, a));

    private async Task FlushAsync()
    {
        // Connections that are still being made get the chance to take their messages along.
        var patience = Task.Delay(Settings.FlushWait);
        while (_associations.Values.Any(a => a.IsConnecting) && !patience.IsCompleted)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        var links = _associations.Values.SelectMany(a => a.Stop()).ToArray();
        var leaving = Task.WhenAll(links.Select(link => link.Leave(Wire.Farewell.Shutdown)));
        await Task.WhenAny(leaving, Task.Delay(Settings.FlushWait)).ConfigureAwait(false);
        foreach (var link in links)
        {
            link.Close();
        }
    }

    private void Tick()
    {
        var now = Environment.TickCount64;
        foreach (var association in _associations.Values)
        {
            association.Tick(now);
        }
    }
}
