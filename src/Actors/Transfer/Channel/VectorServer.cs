using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>
/// Hands out bytes to those who show a key. A connection may be used for one key after another. From the other side: key
/// (16). From this one: number of bytes (8, little-endian; −1 for a worthless key, and the connection ends), bytes, and the
/// number again.
/// </summary>
internal sealed class VectorServer : IDisposable
{
    /// <summary>Bytes of the number before and after those of the vector.</summary>
    public const int NumberLength = sizeof(long);

    /// <summary>Bytes that are sent at once, so that a reader who has stopped is noticed.</summary>
    private const int PieceLength = 1 << 20;

    /// <summary>Connections that may be open before they have shown a key that is worth something.</summary>
    public const int MostStrangers = 256;

    /// <summary>How long a new connection has for its first key, and a reader for a piece.</summary>
    private static readonly TimeSpan StrangersTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PieceTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly Tickets _tickets;
    private readonly ChannelSecurity? _security;
    private readonly Action<string> _warn;
    private readonly CancellationTokenSource _closing = new();
    private int _strangers;

    /// <summary>Opens the port.</summary>
    /// <param name="local">Where to listen; port 0 takes any that is free.</param>
    /// <param name="tickets">The keys.</param>
    /// <param name="security">Null for no encryption.</param>
    /// <param name="warn">Is told of what is refused.</param>
    /// <exception cref="SocketException">The port can't be had.</exception>
    public VectorServer(IPEndPoint local, Tickets tickets, ChannelSecurity? security, Action<string> warn)
    {
        _tickets = tickets;
        _security = security;
        _warn = warn;
        _socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(local);
            _socket.Listen();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _ = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    public void Dispose()
    {
        _closing.Cancel();
        _socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_closing.Token).ConfigureAwait(false);
                _ = Task.Run(() => ConverseAsync(socket));
            }
            catch (SocketException exception)
            {
                // A caller that has gone again, or too many open files: others may have more luck.
                _warn($"A connection for vectors could not be taken: {exception.Message}");
                await Task.Delay(PauseAfterFailure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ConverseAsync(Socket socket)
    {
        var other = socket.RemoteEndPoint;
        var isStranger = true;
        var strangers = Interlocked.Increment(ref _strangers);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        try
        {
            using var plain = Sockets.Wrap(socket);
            if (strangers > MostStrangers)
            {
                _warn($"A connection for vectors from {other} is refused: {MostStrangers} others have not shown a key yet.");
                return;
            }

            patience.CancelAfter(StrangersTime);
            await using var stream = _security is null ? plain : await _security.ServeAsync(plain, patience.Token).ConfigureAwait(false);
            while (await ReadKeyAsync(stream, patience.Token).ConfigureAwait(false) is { } key)
            {
                var bytes = _tickets.Take(key);
                await SendAsync(stream, bytes, patience).ConfigureAwait(false);
                if (bytes is null)
                {
                    _warn($"A malformed or outdated request for a vector from {other} is refused.");
                    return;
                }

                if (isStranger)
                {
                    isStranger = false;
                    Interlocked.Decrement(ref _strangers);
                }

                patience.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception exception) when (Sockets.IsFailure(exception))
        {
            if (isStranger && !_closing.IsCancellationRequested)
            {
                _warn($"A malformed request for a vector from {other} is refused: {exception.Message}");
            }
        }
        finally
        {
            if (isStranger)
            {
                Interlocked.Decrement(ref _strangers);
            }
        }
    }

    /// <summary>The next key, or null where the other side has ended.</summary>
    private static async Task<Guid?> ReadKeyAsync(Stream stream, CancellationToken cancellation)
    {
        var key = new byte[Tickets.KeyLength];
        return await stream.ReadAtLeastAsync(key, key.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) switch
        {
            Tickets.KeyLength => new Guid(key),
            0 => null,
            var count => throw new EndOfStreamException($"the connection ended after {count} bytes of a key"),
        };
    }

    private static async Task SendAsync(Stream stream, ReadOnlyMemory<byte>? bytes, CancellationTokenSource patience)
    {
        var number = new byte[NumberLength];
        BinaryPrimitives.WriteInt64LittleEndian(number, bytes?.Length ?? -1);
        patience.CancelAfter(PieceTime);
        await stream.WriteAsync(number, patience.Token).ConfigureAwait(false);
        if (bytes is null)
        {
            return;
        }

        for (var rest = bytes.Value; rest.Length > 0; rest = rest[Math.Min(PieceLength, rest.Length)..])
        {
            patience.CancelAfter(PieceTime);
            await stream.WriteAsync(rest[..Math.Min(PieceLength, rest.Length)], patience.Token).ConfigureAwait(false);
        }

        // A socket keeps the memory that it last sent from or received into. By this number either end lets go of the vector.
        await stream.WriteAsync(number, patience.Token).ConfigureAwait(false);
    }
}
