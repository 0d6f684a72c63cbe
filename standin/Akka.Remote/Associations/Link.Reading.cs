using System.Buffers;
using System.Net.Sockets;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote;

internal sealed partial class Link
{
    private long _acknowledged;
    private bool _saidGoodbye;

    private async Task ReadAsync()
    {
        var reason = "Disassociated";
        try
        {
            var reader = _connection.Reader;
            while (!_saidGoodbye)
            {
                var result = await reader.ReadAsync(_closed.Token).ConfigureAwait(false);
                Volatile.Write(ref _lastHeard, Environment.TickCount64);
                var buffer = result.Buffer;
                HandleFrames(ref buffer);
                reader.AdvanceTo(buffer.Start, buffer.End);
                AcknowledgeIfDue();
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (WireException e)
        {
            reason = $"Refused {e.Message}";
            _remoting.Complaints.Add($"Refused {e.Message} from [{_association.Remote}], closing the connection");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The connection is gone, by the doing of this side or the other.
        }
        catch (Exception e)
        {
            reason = e.Message;
            _remoting.Log.Error(e, "Connection with [{0}] failed", _association.Remote);
        }

        var wasClosedHere = Volatile.Read(ref _isClosed) != 0 && !_saidGoodbye && Volatile.Read(ref _farewell) == 0;
        Close();
        _association.Detach(this, reason, gate: !wasClosedHere);
    }

    private void HandleFrames(ref ReadOnlySequence<byte> buffer)
    {
        var before = Akka.Serialization.Serialization.CurrentTransportInformation;
        Akka.Serialization.Serialization.CurrentTransportInformation = _remoting.Provider.SerializationInformation;
        try
        {
            while (Volatile.Read(ref _isClosed) == 0 && !_saidGoodbye
                && FrameSplitter.TryTake(ref buffer, _remoting.Tcp.MaximumFrameSize, out var frame))
            {
                if (frame.IsSingleSegment)
                {
                    Handle(frame.FirstSpan);
                }
                else
                {
                    HandleCopy(frame);
                }
            }
        }
        finally
        {
            Akka.Serialization.Serialization.CurrentTransportInformation = before;
        }
    }

    private void HandleCopy(in ReadOnlySequence<byte> frame)
    {
        var length = (int)frame.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.CopyTo(copy);
            Handle(copy.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private void Handle(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        var kind = (FrameKind)reader.ReadByte();
        switch (kind)
        {
            case FrameKind.Message:
                HandleMessage(reader);
                break;
            case FrameKind.SystemMessage:
                HandleSystemMessage(reader);
                break;
            case FrameKind.Acknowledgement:
                _association.Acknowledge((long)reader.ReadVarUInt64());
                break;
            case FrameKind.Heartbeat:
                break;
            case FrameKind.Goodbye:
                HandleGoodbye((Farewell)reader.ReadByte());
                break;
            default:
                throw new WireException($"a frame of unknown kind {(byte)kind}");
        }
    }

    private void HandleMessage(WireReader reader)
    {
        if (TryReadHead(ref reader, out var head) && IsForThisSystem(head) && TryReadContent(head, reader.Rest, out var message))
        {
            if (message is ISystemMessage)
            {
                throw new WireException("a system message that was not sent as one");
            }

            Deliver(head, message);
        }
    }

    private void HandleSystemMessage(WireReader reader)
    {
        // The head is read in any case: it may define abbreviations.
        var number = (long)reader.ReadVarUInt64();
        var isReadable = TryReadHead(ref reader, out var head);
        if (!_association.TryHandle(number) || !isReadable || !IsForThisSystem(head) || !TryReadContent(head, reader.Rest, out var message))
        {
            return;
        }

        if (message is not ISystemMessage)
        {
            throw new WireException("a message that was sent as a system message and is none");
        }

        Deliver(head, message);
    }

    private bool TryReadHead(ref WireReader reader, out MessageDecoder.Head head)
    {
        try
        {
            head = _decoder.ReadHead(ref reader);
            return true;
        }
        catch (Exception e) when (e is not WireException)
        {
            Complain(e);
            head = default;
            return false;
        }
    }

    private bool TryReadContent(in MessageDecoder.Head head, ReadOnlySpan<byte> payload, out object message)
    {
        try
        {
            message = _decoder.ReadMessage(head, payload);
            return true;
        }
        catch (Exception e)
        {
            // The frame was sound, so the connection is. Only what a serializer was to make of the content is not.
            Complain(e);
            message = null;
            return false;
        }
    }

    private void Deliver(in MessageDecoder.Head head, object message)
    {
        try
        {
            if (message is SystemMessage system)
            {
                _remoting.Inbound.DeliverSystem(head.Recipient, system);
            }
            else
            {
                _remoting.Inbound.Deliver(head.Recipient, message, head.Sender);
            }
        }
        catch (Exception e)
        {
            Complain(e);
        }
    }

    private void Complain(Exception e) =>
        _remoting.Complaints.Add($"Dropped a message from [{_association.Remote}] that cannot be understood: {e.Message}", e);

    private bool IsForThisSystem(in MessageDecoder.Head head)
    {
        if (_isMisdirected)
        {
            _remoting.Complaints.Add(
                $"Dropping message for non-local recipient [{Target}{head.Recipient.Path.ToStringWithoutAddress()}], this system is "
                + $"[{_remoting.DefaultAddress}]. Is the hostname or public-hostname of one of the two wrong?",
                level: LogLevel.ErrorLevel);
        }

        return !_isMisdirected;
    }

    private void HandleGoodbye(Farewell reason)
    {
        _saidGoodbye = true;
        if (reason == Farewell.Quarantined)
        {
            _remoting.Events.Notify(new ThisActorSystemQuarantinedEvent(_remoting.DefaultAddress, _association.Remote));
        }
        else
        {
            _remoting.Log.Debug("Remote system [{0}] has shut down", _association.Remote);
        }
    }

    private void AcknowledgeIfDue()
    {
        if (_association.LastHandled != _acknowledged)
        {
            _acknowledged = _association.LastHandled;
            Volatile.Write(ref _acknowledgementDue, true);
            Signal();
        }
    }
}
