using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Remote.Wire;

namespace Akka.Remote.Tcp;

/// <summary>A socket, perhaps encrypted, as a pipe to read from and a pipe to write to.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>Holds some frames of the greatest usual size, so that few lie across two buffers.</summary>
    private const int ReadBufferSize = 256 * 1024;

    private const int WriteBufferSize = 64 * 1024;

    private readonly Socket _socket;
    private readonly Stream _stream;

    private Connection(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
        Reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBufferSize, minimumReadSize: 4096, leaveOpen: true));
        Writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: WriteBufferSize, leaveOpen: true));
    }

    public PipeReader Reader { get; }

    public PipeWriter Writer { get; }

    public static async Task<Connection> ServeAsync(Socket socket, TlsSettings tls, CancellationToken cancellation)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (tls is null)
        {
            return new Connection(socket, stream);
        }

        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(tls.ForServer(), cancellation).ConfigureAwait(false);
        return new Connection(socket, encrypted);
    }

    public static async Task<Connection> CallAsync(Socket socket, TlsSettings tls, string host, CancellationToken cancellation)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (tls is null)
        {
            return new Connection(socket, stream);
        }

        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsClientAsync(tls.ForClient(host), cancellation).ConfigureAwait(false);
        return new Connection(socket, encrypted);
    }

    /// <summary>Writes one frame of the greeting.</summary>
    public async Task SendAsync(WireWriter frame, CancellationToken cancellation)
    {
        MessageEncoder.WriteFrame(Writer, frame.Written, []);
        await Writer.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads one frame of the greeting. What follows it stays in the pipe.</summary>
    /// <exception cref="WireException">It is too long, or the connection ends before it does.</exception>
    public async Task<byte[]> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await Reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (FrameSplitter.TryTake(ref buffer, Greeting.Limit, out var frame))
            {
                var bytes = System.Buffers.BuffersExtensions.ToArray(frame);
                Reader.AdvanceTo(buffer.Start);
                return bytes;
            }

            Reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                throw new WireException("a connection that ended before the greeting did");
            }
        }
    }

    public void EndWriting()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was faster.
        }
    }

    public void Dispose() => _stream.Dispose();
}
