using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// All dealings with the system at one address: the messages that wait for it, the connections with it, which incarnation of
/// it is known, and which are quarantined.
/// </summary>
internal sealed partial class Association
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<OutboundEnvelope> _messages = new();
    private readonly ConcurrentQueue<OutboundEnvelope> _urgent = new();
    private readonly ConcurrentQueue<OutboundEnvelope> _undeliverable = new();
    private readonly List<Link> _links = [];
    private readonly Remoting _remoting;
    private readonly bool _limited;
    private Link _active;
    private bool _connecting;
    private bool _stopped;
    private long _gatedUntil;
    private int _warnedAt;

    public Association(Remoting remoting, Address remote)
    {
        _remoting = remoting;
        Remote = remote;
        _limited = remoting.Settings.LogBufferSizeExceeding < int.MaxValue;
        _warnedAt = remoting.Settings.LogBufferSizeExceeding;
    }

    public Address Remote { get; }

    public bool IsConnecting => Volatile.Read(ref _connecting);

    public bool IsActive(Link link) => Volatile.Read(ref _active) == link;

    public bool HasMessages => !_messages.IsEmpty || !_urgent.IsEmpty;

    public void Send(object message, IActorRef sender, RemoteActorRef recipient)
    {
        (IsUrgent(message) ? _urgent : _messages).Enqueue(new OutboundEnvelope(message, sender, recipient));

        // Whoever takes the active connection away looks at the queue afterwards, so nothing can be left behind in it.
        if (Volatile.Read(ref _active) is { } link)
        {
            link.Signal();
        }
        else
        {
            Connect();
        }
    }

    /// <summary>Called by the active connection, on one thread at a time.</summary>
    public bool TryTake(out OutboundEnvelope envelope) => _urgent.TryDequeue(out envelope) || _messages.TryDequeue(out envelope);

    /// <summary>Logs that the queue of a living connection grows, each time it has doubled.</summary>
    public void WatchQueue()
    {
        if (_limited && _messages.Count is var count && count > _warnedAt)
        {
            _warnedAt = count * 2;
            _remoting.Log.Warning("[{0}] messages are queued for [{1}], which does not keep up", count, Remote);
        }
    }

    /// <summary>A connection has been made and both sides have said who they are.</summary>
    public void Attach(Link link)
    {
        lock (_lock)
        {
            if (!link.IsInbound)
            {
                _connecting = false;
            }

            MeetIncarnation(link.PeerUid);
            _links.Add(link);
            if (_active is null && (!link.IsInbound || _remoting.Settings.UsePassiveConnections))
            {
                Activate(link);
            }
        }

        _remoting.Events.Notify(new AssociatedEvent(_remoting.DefaultAddress, Remote, link.IsInbound));
    }

    /// <summary>Ends the connections that the other system opened before, so that what it now sends cannot overtake.</summary>
    public async Task Supersede()
    {
        Link[] earlier;
        lock (_lock)
        {
            earlier = [.. _links.Where(link => link.IsInbound)];
        }

        foreach (var link in earlier)
        {
            link.Close();
            await link.Reading.ConfigureAwait(false);
        }
    }

    public void Detach(Link link, string reason, bool gate)
    {
        lock (_lock)
        {
            if (!_links.Remove(link))
            {
                return;
            }

            if (_active == link)
            {
                Volatile.Write(ref _active, null);
                if (_links.LastOrDefault(other => !other.IsInbound || _remoting.Settings.UsePassiveConnections) is { } other)
                {
                    Activate(other);
                }
                else if (gate)
                {
                    Gate(reason);
                }
            }
        }

        _remoting.Events.Notify(new DisassociatedEvent(_remoting.DefaultAddress, Remote, link.IsInbound));
        Connect();
    }

    public void ConnectFailed(Exception cause)
    {
        lock (_lock)
        {
            _connecting = false;
            if (_active is null)
            {
                Gate(cause.Message);
            }
        }

        PublishUndeliverable();
        _remoting.Events.Notify(
            new AssociationErrorEvent(cause, _remoting.DefaultAddress, Remote, inbound: false, LogLevel.ErrorLevel));
    }

    /// <summary>From now on all messages are dead letters.</summary>
    public Link[] Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            return [.. _links];
        }
    }

    private static bool IsUrgent(object message) =>
        message is IPriorityMessage || (message is ActorSelectionMessage selection && selection.Message is IPriorityMessage);

    private void Activate(Link link)
    {
        _gatedUntil = 0;
        link.Resend(_outbox.Snapshot());
        Volatile.Write(ref _active, link);
        link.Signal();
    }

    /// <summary>Sees to it that what is queued goes somewhere: to a connection, or to the dead letters.</summary>
    private void Connect()
    {
        lock (_lock)
        {
            if (_active is { } link)
            {
                link.Signal();
            }
            else if (_stopped)
            {
                DiscardMessages();
            }
            else if (_connecting)
            {
                DiscardMessagesBeyondLimit();
            }
            else if (Environment.TickCount64 < _gatedUntil)
            {
                DiscardMessages();
            }
            else if (HasMessages || _outbox.Count > 0)
            {
                _connecting = true;
                _remoting.Connect(this);
            }
        }

        PublishUndeliverable();
    }

    private void Gate(string reason)
    {
        var duration = _remoting.Settings.RetryGateClosedFor;
        _gatedUntil = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        if (!_stopped)
        {
            _remoting.Log.Warning(
                "Association with remote system {0} has failed; address is now gated for {1} ms. Reason: [{2}]",
                Remote,
                duration.TotalMilliseconds,
                reason);
        }

        DiscardMessages();
    }

    private void DiscardMessagesBeyondLimit()
    {
        while (_limited && _messages.Count > _remoting.Settings.LogBufferSizeExceeding && _messages.TryDequeue(out var envelope))
        {
            Discard(envelope);
        }
    }

    private void DiscardMessages()
    {
        while (TryTake(out var envelope))
        {
            Discard(envelope);
        }
    }

    private void Discard(in OutboundEnvelope envelope)
    {
        // A system message has not deserved to be a dead letter: the next connection delivers it.
        if (envelope.Message is not ISystemMessage)
        {
            _undeliverable.Enqueue(envelope);
        }
        else if (!_stopped)
        {
            Keep(envelope);
        }
    }

    /// <summary>Not under the lock, for whoever reads dead letters may answer them.</summary>
    private void PublishUndeliverable()
    {
        while (_undeliverable.TryDequeue(out var envelope))
        {
            var deadLetters = _remoting.System.DeadLetters;
            deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, envelope.Recipient), envelope.Sender);
        }
    }
}
