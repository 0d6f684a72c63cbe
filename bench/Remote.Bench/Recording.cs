using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FedActors.Remote.Bench;

/// <summary>Stands between two nodes and keeps the frames of who connects.</summary>
internal sealed class Recording : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<byte> _heard = [];

    public Recording() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The frames so far: four bytes of length, little end first, and as many bytes.</summary>
    public List<byte[]> Frames
    {
        get
        {
            byte[] bytes;
            lock (_heard)
            {
                bytes = [.. _heard];
            }

            var frames = new List<byte[]>();
            var at = 0;
            while (at + sizeof(int) <= bytes.Length)
            {
                var end = at + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
                if (end > bytes.Length)
                {
                    break;
                }

                frames.Add(bytes[at..end]);
                at = end;
            }

            return frames;
        }
    }

    public async Task ConnectAsync(int target)
    {
        using var caller = await _listener.AcceptTcpClientAsync();
        using var callee = new TcpClient("127.0.0.1", target);
        await Task.WhenAny(
            PumpAsync(caller.GetStream(), callee.GetStream(), keep: true),
            PumpAsync(callee.GetStream(), caller.GetStream(), keep: false));
    }

    public void Dispose() => _listener.Dispose();

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool keep)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is var read && read > 0)
        {
            if (keep)
            {
                lock (_heard)
                {
                    _heard.AddRange(buffer.AsSpan(0, read));
                }
            }

            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
