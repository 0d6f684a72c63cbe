using Akka.Event;
using Akka.Remote.Tcp;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>
/// One connection with another system. A reader handles what comes in, as it comes in. A writer, which runs whenever there is
/// something to write, sends all that waits in as few pieces as possible.
/// </summary>
internal sealed partial class Link : IThreadPoolWorkItem
{
    private readonly Remoting _remoting;
    private readonly Association _association;
    private readonly Connection _connection;
    private readonly MessageDecoder _decoder;
    private readonly MessageEncoder _encoder;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();
    private readonly bool _isMisdirected;
    private long _lastHeard = Environment.TickCount64;
    private long _lastSaid = Environment.TickCount64;
    private int _isClosed;

    public Link(Remoting remoting, Association association, Connection connection, int peerUid, bool inbound, string target)
    {
        _remoting = remoting;
        _association = association;
        _connection = connection;
        _decoder = new MessageDecoder(remoting, association.Remote);
        _encoder = new MessageEncoder(remoting);
        _isMisdirected = target is not null && target != remoting.DefaultAddress.ToString();
        PeerUid = peerUid;
        IsInbound = inbound;
        Target = target;
    }

    public int PeerUid { get; }

    public bool IsInbound { get; }

    /// <summary>Ends when nothing of this connection will be handled any more.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    private string Target { get; }

    public void Start() => Reading = Task.Run(ReadAsync);

    /// <summary>Says goodbye after all that was said before, and closes.</summary>
    public Task Leave(Farewell reason)
    {
        Interlocked.CompareExchange(ref _farewell, (int)reason, 0);
        Signal();
        return _left.Task;
    }

    /// <summary>Closes at once.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _closed.Cancel();
            _connection.Dispose();
            _left.TrySetResult();
        }
    }

    public void Tick(long now)
    {
        if (now - Volatile.Read(ref _lastHeard) > _remoting.Tcp.SilenceLimit.TotalMilliseconds)
        {
            _remoting.Log.Warning("No sign of life from [{0}] for {1}, closing the connection", _association.Remote, _remoting.Tcp.SilenceLimit);
            Close();
        }
        else if (now - Volatile.Read(ref _lastSaid) > _remoting.Tcp.HeartbeatInterval.TotalMilliseconds)
        {
            Volatile.Write(ref _heartbeatDue, true);
            Signal();
        }
    }
}
