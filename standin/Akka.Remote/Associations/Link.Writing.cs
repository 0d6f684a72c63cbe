using System.Net.Sockets;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote;

internal sealed partial class Link
{
    /// <summary>What is written before the bytes are handed to the socket.</summary>
    private const int BatchSize = 64 * 1024;

    private readonly WireWriter _control = new();
    private ReliableOutbox.Entry[] _resend;
    private bool _acknowledgementDue;
    private bool _heartbeatDue;
    private int _farewell;
    private int _isScheduled;

    /// <summary>There is, or may be, something to write.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Sends these before anything else.</summary>
    public void Resend(ReliableOutbox.Entry[] entries)
    {
        if (entries.Length > 0)
        {
            Volatile.Write(ref _resend, entries);
            Signal();
        }
    }

    public void Execute() => _ = WriteAsync();

    private async Task WriteAsync()
    {
        try
        {
            while (Volatile.Read(ref _isClosed) == 0)
            {
                if (WriteBatch())
                {
                    await _connection.Writer.FlushAsync(_closed.Token).ConfigureAwait(false);
                    Volatile.Write(ref _lastSaid, Environment.TickCount64);
                }
                else if (Volatile.Read(ref _farewell) is var reason && reason != 0)
                {
                    await SayGoodbyeAsync((Farewell)reason).ConfigureAwait(false);
                    return;
                }
                else
                {
                    Interlocked.Exchange(ref _isScheduled, 0);
                    if (!HasWork() || Interlocked.Exchange(ref _isScheduled, 1) != 0)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception e)
        {
            if (e is not (OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException))
            {
                _remoting.Log.Error(e, "Writing to [{0}] failed", _association.Remote);
            }

            // The reader notices, and tells the association.
            _connection.Dispose();
        }
    }

    private bool HasWork() =>
        _association.HasMessages && _association.IsActive(this)
        || Volatile.Read(ref _acknowledgementDue)
        || Volatile.Read(ref _heartbeatDue)
        || Volatile.Read(ref _farewell) != 0
        || Volatile.Read(ref _resend) is not null;

    /// <summary>Fills the buffer with what waits, up to a size that is worth a system call. False if nothing waits.</summary>
    private bool WriteBatch()
    {
        var before = Akka.Serialization.Serialization.CurrentTransportInformation;
        Akka.Serialization.Serialization.CurrentTransportInformation = _remoting.Provider.SerializationInformation;
        try
        {
            WriteControl();
            if (Interlocked.Exchange(ref _resend, null) is { } entries)
            {
                foreach (var entry in entries)
                {
                    Write(entry.Envelope, entry.Number);
                }
            }

            while (_connection.Writer.UnflushedBytes < BatchSize && _association.IsActive(this) && _association.TryTake(out var envelope))
            {
                if (envelope.Message is not ISystemMessage)
                {
                    Write(envelope, number: 0);
                }
                else if (_association.Number(envelope) is var number && number > 0)
                {
                    Write(envelope, number);
                }
            }

            return _connection.Writer.UnflushedBytes > 0;
        }
        finally
        {
            Akka.Serialization.Serialization.CurrentTransportInformation = before;
        }
    }

    private void Write(in OutboundEnvelope envelope, long number)
    {
        try
        {
            if (_remoting.Settings.LogSend)
            {
                _remoting.Log.Debug("sending {0} from {1} to {2}", envelope.Message, envelope.Sender, envelope.Recipient);
            }

            _encoder.Write(_connection.Writer, envelope, number);
        }
        catch (OversizedPayloadException e)
        {
            _remoting.Log.Error(e, "Transient association error (association remains live): {0}", e.Message);
        }
        catch (Exception e) when (e is not (ObjectDisposedException or InvalidOperationException))
        {
            _remoting.Log.Error(
                e, "Transient association error (association remains live): cannot serialize {0}: {1}", envelope.Message.GetType(), e.Message);
        }
    }

    private void WriteControl()
    {
        if (Volatile.Read(ref _acknowledgementDue))
        {
            Volatile.Write(ref _acknowledgementDue, false);
            _control.Clear();
            _control.WriteByte((byte)FrameKind.Acknowledgement);
            _control.WriteVarUInt64((ulong)_association.LastHandled);
            MessageEncoder.WriteFrame(_connection.Writer, _control.Written, []);
        }

        if (Volatile.Read(ref _heartbeatDue))
        {
            Volatile.Write(ref _heartbeatDue, false);
            MessageEncoder.WriteFrame(_connection.Writer, [(byte)FrameKind.Heartbeat], []);
        }
    }

    private async Task SayGoodbyeAsync(Farewell reason)
    {
        MessageEncoder.WriteFrame(_connection.Writer, [(byte)FrameKind.Goodbye, (byte)reason], []);
        await _connection.Writer.FlushAsync(_closed.Token).ConfigureAwait(false);

        // The other side closes when it has read this. To close first could cost it what it has not read yet.
        _connection.EndWriting();
        await Task.WhenAny(Reading, Task.Delay(_remoting.Settings.FlushWait, _closed.Token)).ConfigureAwait(false);
        Close();
    }
}
