using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Tcp;
using Akka.Remote.Wire;

namespace Akka.Remote;

internal sealed partial class Remoting
{
    /// <summary>Connections that have not said yet who they are. More than this at once are an attack.</summary>
    private const int MaxStrangers = 256;

    private int _strangers;

    /// <summary>Opens a connection, and tells the association how that went.</summary>
    internal void Connect(Association association) => _ = Task.Run(() => ConnectAsync(association));

    private async Task ConnectAsync(Association association)
    {
        Connection connection = null;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(Tcp.ConnectionTimeout);
            if (association.Remote.Protocol != Tcp.Protocol)
            {
                LocalAddressForRemote(association.Remote);
            }

            var socket = await Hosts.CallAsync(association.Remote, Tcp, patience.Token).ConfigureAwait(false);
            patience.CancelAfter(Tcp.HandshakeTimeout);
            using (patience.Token.Register(socket.Dispose))
            {
                connection = await Connection.CallAsync(socket, Tcp.Tls, association.Remote.Host, patience.Token).ConfigureAwait(false);
                var uid = await IntroduceAsync(connection, association, patience.Token).ConfigureAwait(false);
                Begin(new Link(this, association, connection, uid, inbound: false, target: null), association);
            }
        }
        catch (Exception e)
        {
            connection?.Dispose();
            var cause = e is OperationCanceledException or ObjectDisposedException
                ? new RemoteTransportException($"[{association.Remote}] did not answer in time")
                : e;
            association.ConnectFailed(cause is RemoteTransportException
                ? cause
                : new RemoteTransportException($"Cannot connect to [{association.Remote}]: {cause.Message}", cause));
        }
    }

    private async Task<int> IntroduceAsync(Connection connection, Association association, CancellationToken cancellation)
    {
        var greeting = new WireWriter();
        Greeting.WriteHello(greeting, _address, _uid, association.Remote);
        await connection.SendAsync(greeting, cancellation).ConfigureAwait(false);
        var (uid, reason, text) = Greeting.ReadAnswer(await connection.ReceiveAsync(cancellation).ConfigureAwait(false));
        if (uid is null)
        {
            if (reason == Farewell.Quarantined)
            {
                Events.Notify(new ThisActorSystemQuarantinedEvent(_address, association.Remote));
            }

            throw new RemoteTransportException($"[{association.Remote}] refused the connection: {text}");
        }

        return association.IsQuarantined(uid.Value)
            ? throw new RemoteTransportException($"[{association.Remote}] is quarantined until it is restarted")
            : uid.Value;
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                if (Interlocked.Increment(ref _strangers) > MaxStrangers)
                {
                    Interlocked.Decrement(ref _strangers);
                    socket.Dispose();
                    Complaints.Add($"Refused a connection: {MaxStrangers} others have not said yet who they are");
                    continue;
                }

                _ = Task.Run(() => ReceiveAsync(socket));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                if (_stopping.IsCancellationRequested || e.SocketErrorCode == SocketError.OperationAborted)
                {
                    return;
                }

                // Out of handles, perhaps, which passes.
                Complaints.Add($"Could not accept a connection: {e.Message}");
                await Task.Delay(100).ConfigureAwait(false);
            }
        }
    }

    private async Task ReceiveAsync(Socket socket)
    {
        Connection connection = null;
        var from = "a stranger";
        try
        {
            from = socket.RemoteEndPoint?.ToString() ?? from;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(Tcp.HandshakeTimeout);
            using (patience.Token.Register(socket.Dispose))
            {
                Hosts.Configure(socket, Tcp);
                connection = await Connection.ServeAsync(socket, Tcp.Tls, patience.Token).ConfigureAwait(false);
                var hello = Greeting.ReadHello(await connection.ReceiveAsync(patience.Token).ConfigureAwait(false));
                await WelcomeAsync(connection, hello, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            if (connection is null)
            {
                socket.Dispose();
            }
            else
            {
                connection.Dispose();
            }

            if (!_stopping.IsCancellationRequested)
            {
                Complaints.Add($"Refused the connection from [{from}]: {e.Message}");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _strangers);
        }
    }

    private async Task WelcomeAsync(Connection connection, (Address Origin, int Uid, string Target) hello, CancellationToken cancellation)
    {
        var greeting = new WireWriter();
        if (hello.Origin.Protocol != Tcp.Protocol || hello.Origin == _address)
        {
            Greeting.WriteRefused(greeting, Farewell.Misunderstanding, $"[{hello.Origin}] cannot be a peer of [{_address}]");
            await connection.SendAsync(greeting, cancellation).ConfigureAwait(false);
            throw new WireException($"a greeting from [{hello.Origin}], which cannot be a peer");
        }

        var association = AssociationWith(hello.Origin);
        if (association.IsQuarantined(hello.Uid))
        {
            Greeting.WriteRefused(greeting, Farewell.Quarantined, $"[{hello.Origin}] is quarantined until it is restarted");
            await connection.SendAsync(greeting, cancellation).ConfigureAwait(false);
            connection.EndWriting();
            throw new RemoteTransportException($"[{hello.Origin}] is quarantined");
        }

        await association.Supersede().ConfigureAwait(false);
        Greeting.WriteWelcome(greeting, _uid);
        await connection.SendAsync(greeting, cancellation).ConfigureAwait(false);
        Begin(new Link(this, association, connection, hello.Uid, inbound: true, hello.Target), association);
    }

    private static void Begin(Link link, Association association)
    {
        // Known before it reads: what it reads may be answered over it.
        association.Attach(link);
        link.Start();
    }
}
