using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>A channel over TCP, at the address at which the actor system listens, and encrypted as its connections are.</summary>
public sealed class TcpVectorChannel : IVectorChannel, IDisposable
{
    private readonly Tickets _tickets = new();
    private readonly VectorServer _server;
    private readonly VectorCaller _caller;

    internal TcpVectorChannel(IPEndPoint local, ChannelSecurity? security, Action<string> warn)
    {
        _server = new VectorServer(local, _tickets, security, warn);
        _caller = new VectorCaller(security);
    }

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <summary>Opens this host's end.</summary>
    /// <param name="system">The actor system; its section <c>akka.remote.dot-netty.tcp</c> says where to listen and how to encrypt.</param>
    /// <param name="port">The port, or 0 for any that is free.</param>
    /// <exception cref="IOException">The port can't be had.</exception>
    public static TcpVectorChannel Open(ActorSystem system, int port)
    {
        var tcp = system.Settings.Config.GetConfig("akka.remote.dot-netty.tcp");
        var security = ChannelSecurity.Read(tcp);
        try
        {
            var local = new IPEndPoint(Sockets.Resolve(tcp.GetString("hostname"), tcp.GetBoolean("dns-use-ipv6")), port);
            return new TcpVectorChannel(local, security, warning => system.Log.Warning("{0}", warning));
        }
        catch (SocketException exception)
        {
            throw new IOException($"Port {port} for vectors can't be opened at '{tcp.GetString("hostname")}': {exception.Message}.", exception);
        }
    }

    /// <inheritdoc/>
    public Guid Issue(string name, ReadOnlyMemory<byte> bytes) => _tickets.Issue(name, bytes);

    /// <inheritdoc/>
    public void Withdraw(string name) => _tickets.Withdraw(name);

    /// <inheritdoc/>
    public Task ReceiveAsync(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation) =>
        Task.Run(() => _caller.ReceiveAsync(host, port, key, vector, cancellation), cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        _caller.Dispose();
    }
}
