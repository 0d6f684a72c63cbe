using System.Net;
using System.Net.Sockets;

namespace FedActors.Host.Tests.Support;

/// <summary>
/// Ports of the loopback address for programs that are told where to listen. A port stays the caller's own until its process
/// ends, also while nobody listens on it, so that a node can be started there again.
/// </summary>
/// <remarks>
/// A port that the system chose is not safe once it is closed: the system hands it to the next program that connects to
/// anything. These come from below the ranges from which systems choose.
/// </remarks>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // The UDP port of the same number is kept: other processes that look for a port see by it that this one is taken.
    private static readonly List<Socket> Claims = [];

    // Where processes begin to look differs, so that what is left of one does not talk to the next.
    private static int _next = First + (Environment.ProcessId * 64 % Count);

    /// <summary>A TCP port on which nobody listens, and that no other caller is given.</summary>
    public static int Next()
    {
        lock (Claims)
        {
            while (true)
            {
                var port = _next;
                _next = First + ((_next + 1 - First) % Count);
                if (TryBind(SocketType.Dgram, ProtocolType.Udp, port) is not { } claim)
                {
                    continue;
                }

                using var listener = TryBind(SocketType.Stream, ProtocolType.Tcp, port);
                if (listener is not null)
                {
                    Claims.Add(claim);
                    return port;
                }

                claim.Dispose();
            }
        }
    }

    private static Socket? TryBind(SocketType type, ProtocolType protocol, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }
}
