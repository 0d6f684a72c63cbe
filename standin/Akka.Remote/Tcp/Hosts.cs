using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace Akka.Remote.Tcp;

/// <summary>Finds and calls hosts.</summary>
internal static class Hosts
{
    /// <summary>The addresses of a host, those of the wanted family if it has any.</summary>
    public static IPAddress[] Resolve(string host, bool useIPv6) => Choose(host, useIPv6, Dns.GetHostAddresses);

    public static async Task<Socket> CallAsync(Address target, TcpSettings settings, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(target.Host, out _) ? [] : await Dns.GetHostAddressesAsync(target.Host, cancellation).ConfigureAwait(false);
        var addresses = Choose(target.Host, settings.UseIPv6, _ => found);
        var socket = new Socket(addresses[0].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Configure(socket, settings);
            await socket.ConnectAsync(addresses, target.Port.Value, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static void Configure(Socket socket, TcpSettings settings)
    {
        socket.NoDelay = settings.NoDelay;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, settings.KeepAlive);
        if (settings.SendBufferSize > 0)
        {
            socket.SendBufferSize = settings.SendBufferSize;
        }

        if (settings.ReceiveBufferSize > 0)
        {
            socket.ReceiveBufferSize = settings.ReceiveBufferSize;
        }
    }

    private static IPAddress[] Choose(string host, bool useIPv6, Func<string, IPAddress[]> lookup)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var all = lookup(host);
        var wanted = all.Where(a => a.AddressFamily == (useIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork)).ToArray();
        return wanted.Length > 0 ? wanted
            : all.Length > 0 ? [.. all.Where(a => a.AddressFamily == all[0].AddressFamily)]
            : throw new RemoteTransportException($"The host name {host} has no address.");
    }
}
