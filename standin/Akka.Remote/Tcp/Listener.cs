using System.Net;
using System.Net.Sockets;

namespace Akka.Remote.Tcp;

/// <summary>Accepts connections.</summary>
internal sealed class Listener : IDisposable
{
    private readonly Socket _socket;

    public Listener(TcpSettings settings)
    {
        var address = Hosts.Resolve(settings.Hostname, settings.UseIPv6)[0];
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Elsewhere a port can be taken again at once anyway, and this would let two systems share it.
            if (settings.ReuseAddress && OperatingSystem.IsWindows())
            {
                _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            _socket.Bind(new IPEndPoint(address, settings.Port));
            _socket.Listen(settings.Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint).Port;

    /// <exception cref="ObjectDisposedException">Nobody listens any more.</exception>
    public ValueTask<Socket> AcceptAsync(CancellationToken cancellation) => _socket.AcceptAsync(cancellation);

    public void Dispose() => _socket.Dispose();
}
