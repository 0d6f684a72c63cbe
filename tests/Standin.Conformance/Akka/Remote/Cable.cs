using System.Net;
using System.Net.Sockets;

namespace FedActors.Standin.Conformance;

/// <summary>Stands between two nodes: hands bytes on in both directions, until it is cut. What one side sent can be kept.</summary>
internal sealed class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly List<byte> _heard = [];
    private volatile bool _silent;

    public Cable(int target)
    {
        Target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port { get; }

    /// <summary>Where that leads.</summary>
    public int Target { get; }

    /// <summary>What the first to connect has sent so far.</summary>
    public byte[] Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Lets nothing through any more. Connections stay open, as on a network that loses all packets.</summary>
    public void Silence() => _silent = true;

    public void Dispose()
    {
        _cut.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                var caller = await _listener.AcceptTcpClientAsync(_cut.Token);
                _ = ConnectAsync(caller, isFirst);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of it.
        }
    }

    private async Task ConnectAsync(TcpClient caller, bool listen)
    {
        try
        {
            using (caller)
            using (var callee = new TcpClient())
            {
                await callee.ConnectAsync(IPAddress.Loopback, Target, _cut.Token);
                await Task.WhenAny(
                    PumpAsync(caller.GetStream(), callee.GetStream(), listen),
                    PumpAsync(callee.GetStream(), caller.GetStream(), listen: false));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One side or the cable itself has gone.
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool listen)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _cut.Token) is var read && read > 0)
        {
            if (listen)
            {
                lock (_heard)
                {
                    _heard.AddRange(buffer.AsSpan(0, read));
                }
            }

            if (!_silent)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), _cut.Token);
            }
        }
    }
}
