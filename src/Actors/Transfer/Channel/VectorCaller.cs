using System.Buffers.Binary;
using System.Net.Sockets;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>Gets bytes from the <see cref="VectorServer"/> of other hosts. Connections are kept for the next vector.</summary>
/// <param name="security">Null for no encryption.</param>
internal sealed class VectorCaller(ChannelSecurity? security) : IDisposable
{
    /// <summary>Connections that are kept; those of longest ago give way.</summary>
    private const int MostKept = 32;

    /// <summary>Bytes that are read at once. They are hashed while the processor still has them at hand.</summary>
    private const int PieceLength = 1 << 20;

    /// <summary>Bytes after which others have their turn on the thread, which may be the one that waits for all sockets.</summary>
    private const int TurnLength = 16 << 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Host, int Port, Stream Stream)> _kept = [];
    private bool _disposed;

    /// <summary>See <see cref="IVectorChannel.ReceiveAsync"/>.</summary>
    public async Task ReceiveAsync(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation)
    {
        var before = vector.Received;
        if (Take(host, port) is { } kept)
        {
            try
            {
                await FillAsync(kept, key, vector, cancellation).ConfigureAwait(false);
                Keep(host, port, kept);
                return;
            }
            catch (Exception exception) when (Sockets.IsFailure(exception) && vector.Received == before && !cancellation.IsCancellationRequested)
            {
                // The other host has ended it meanwhile.
            }
        }

        var called = await CallAsync(host, port, cancellation).ConfigureAwait(false);
        await FillAsync(called, key, vector, cancellation).ConfigureAwait(false);
        Keep(host, port, called);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var (_, _, stream) in _kept)
            {
                stream.Dispose();
            }

            _kept.Clear();
        }
    }

    private static async Task FillAsync(Stream stream, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(key.ToByteArray(), cancellation).ConfigureAwait(false);
            var number = await ReadNumberAsync(stream, cancellation).ConfigureAwait(false);
            if (number != vector.Missing.Length)
            {
                throw new InvalidDataException(number < 0
                    ? "The other host does not know the key."
                    : $"The other host has {number} bytes where {vector.Missing.Length} are missing.");
            }

            var turn = 0;
            while (vector.Missing is { Length: > 0 } missing)
            {
                var count = await stream.ReadAsync(missing[..Math.Min(PieceLength, missing.Length)], cancellation).ConfigureAwait(false);
                vector.Advance(count > 0 ? count : throw new EndOfStreamException($"The connection ended {missing.Length} bytes early."));
                turn += count;
                if (turn >= TurnLength)
                {
                    turn = 0;
                    await Task.Yield();
                }
            }

            if (await ReadNumberAsync(stream, cancellation).ConfigureAwait(false) is var end && end != number)
            {
                throw new InvalidDataException($"The other host has sent {number} bytes and says that they were {end}.");
            }
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<long> ReadNumberAsync(Stream stream, CancellationToken cancellation)
    {
        var number = new byte[VectorServer.NumberLength];
        await stream.ReadExactlyAsync(number, cancellation).ConfigureAwait(false);
        return BinaryPrimitives.ReadInt64LittleEndian(number);
    }

    private async Task<Stream> CallAsync(string host, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            var plain = Sockets.Wrap(socket);
            return security is null ? plain : await security.CallAsync(plain, host, cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Stream? Take(string host, int port)
    {
        lock (_lock)
        {
            for (var node = _kept.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Port == port && node.Value.Host == host)
                {
                    _kept.Remove(node);
                    return node.Value.Stream;
                }
            }

            return null;
        }
    }

    private void Keep(string host, int port, Stream stream)
    {
        lock (_lock)
        {
            _kept.AddLast((host, port, stream));
            if (_disposed || _kept.Count > MostKept)
            {
                _kept.First!.Value.Stream.Dispose();
                _kept.RemoveFirst();
            }
        }
    }
}
