using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>What both ends of a channel have in common.</summary>
internal static class Sockets
{
    public static NetworkStream Wrap(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Whether an exception says that a connection, or the other side, has failed; others are mistakes of ours.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException;

    /// <summary>The address to listen at.</summary>
    /// <param name="hostname">A name, an address, or nothing for all addresses of the machine.</param>
    /// <param name="useIPv6">Which of the addresses of a name is wanted.</param>
    public static IPAddress Resolve(string? hostname, bool useIPv6)
    {
        if (string.IsNullOrWhiteSpace(hostname))
        {
            return IPAddress.Any;
        }

        var family = useIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var addresses = IPAddress.TryParse(hostname, out var literal) ? [literal] : Dns.GetHostAddresses(hostname);
        return addresses.FirstOrDefault(address => address.AddressFamily == family) ?? addresses[0];
    }
}
