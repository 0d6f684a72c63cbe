using Akka.Event;

namespace Akka.Remote;

internal sealed partial class Association
{
    private readonly ReliableOutbox _outbox = new();
    private readonly Dictionary<int, long> _quarantined = [];
    private int? _uid;
    private long _lastHandled;

    /// <summary>The number up to which the other side's system messages were handled here.</summary>
    public long LastHandled => Volatile.Read(ref _lastHandled);

    public bool IsQuarantined(int uid)
    {
        lock (_lock)
        {
            return _quarantined.ContainsKey(uid);
        }
    }

    /// <summary>Ends all dealings with one incarnation; if it is not known which, at least with those who are connected now.</summary>
    public void Quarantine(int? uid, string reason)
    {
        Link[] links = [];
        lock (_lock)
        {
            if (uid is { } known && !_quarantined.TryAdd(known, Environment.TickCount64))
            {
                return;
            }

            // Those that are there now may be another incarnation by now, which has done nothing wrong.
            if (uid is null || _uid is null || _uid == uid)
            {
                links = [.. _links];
                if (uid is not null)
                {
                    _outbox.Restart();
                }
                else
                {
                    _remoting.Log.Warning(
                        "Association to [{0}] with unknown UID is reported as quarantined, but address cannot be quarantined without "
                        + "knowing the UID, gating instead for {1} ms.",
                        Remote,
                        _remoting.Settings.RetryGateClosedFor.TotalMilliseconds);
                }

                Volatile.Write(ref _active, null);
                Gate(reason);
            }
        }

        PublishUndeliverable();

        foreach (var link in links)
        {
            link.Leave(Wire.Farewell.Quarantined);
        }

        if (uid is { } refused)
        {
            _remoting.Events.Notify(new QuarantinedEvent(Remote, refused));
        }
    }

    /// <summary>The number under which a system message is sent; 0 if there are too many, and the other side is given up.</summary>
    public long Number(in OutboundEnvelope envelope)
    {
        lock (_lock)
        {
            return Keep(envelope);
        }
    }

    public void Acknowledge(long upTo)
    {
        lock (_lock)
        {
            if (!_outbox.Acknowledge(upTo, Environment.TickCount64))
            {
                throw new Wire.WireException("an acknowledgement of what was never sent");
            }
        }
    }

    /// <summary>True if this is the system message whose turn it is; others were handled before, or will be sent again.</summary>
    public bool TryHandle(long number)
    {
        lock (_lock)
        {
            if (number != _lastHandled + 1)
            {
                return false;
            }

            Volatile.Write(ref _lastHandled, number);
            return true;
        }
    }

    /// <summary>Called every now and then.</summary>
    public void Tick(long now)
    {
        string silence = null;
        int? silent = null;
        lock (_lock)
        {
            PruneQuarantine(now);
            if (_outbox.Count > 0)
            {
                var waiting = TimeSpan.FromMilliseconds(now - _outbox.OldestSince);
                if (_uid is null && waiting > _remoting.Settings.InitialSysMsgDeliveryTimeout)
                {
                    _remoting.Log.Warning("Could not deliver system messages to [{0}] within {1}, giving them up", Remote, waiting);
                    _outbox.Restart();
                }
                else if (_uid is not null && waiting > _remoting.Settings.QuarantineSilentSystemTimeout)
                {
                    silence = "it has not acknowledged system messages";
                    silent = _uid;
                }
                else if (_active is not null && waiting > _remoting.Settings.SysResendTimeout)
                {
                    _active.Resend(_outbox.Snapshot(_remoting.Settings.SysResendLimit));
                }
            }
        }

        if (silence is not null)
        {
            Quarantine(silent, silence);
        }

        WatchQueue();
        Connect();
        foreach (var link in CurrentLinks())
        {
            link.Tick(now);
        }
    }

    private Link[] CurrentLinks()
    {
        lock (_lock)
        {
            return [.. _links];
        }
    }

    private void PruneQuarantine(long now)
    {
        if (_quarantined.Count > 0 && _remoting.Settings.QuarantineDuration is { } duration)
        {
            foreach (var uid in _quarantined.Where(entry => now - entry.Value > duration.TotalMilliseconds).Select(entry => entry.Key).ToArray())
            {
                _quarantined.Remove(uid);
            }
        }
    }

    /// <summary>A new incarnation knows nothing of what was said to, or by, the one before.</summary>
    private void MeetIncarnation(int uid)
    {
        if (_uid == uid)
        {
            return;
        }

        if (_uid is not null)
        {
            _outbox.Restart();
            foreach (var link in _links)
            {
                link.Close();
            }
        }

        _lastHandled = 0;
        _uid = uid;
    }

    private long Keep(in OutboundEnvelope envelope)
    {
        if (_outbox.Count < _remoting.Settings.SysMsgBufferSize)
        {
            return _outbox.Add(envelope, Environment.TickCount64);
        }

        var uid = _uid;
        ThreadPool.QueueUserWorkItem(_ => Quarantine(uid, "too many system messages are not acknowledged"));
        return 0;
    }
}
