using Akka.Actor;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer;

/// <summary>One pull: what has come, what it waits for, and who waits for it. What has come is kept when a connection breaks.</summary>
internal sealed class PullUnderWay(VectorReference reference, IActorRef owner, TransferSettings settings)
{
    private readonly HashSet<IActorRef> _waiting = [];
    private ParameterVectorBuilder? _vector;
    private CancellationTokenSource? _reception;
    private Stage _stage = Stage.Queued;
    private int _receivedAtBreak;
    private int _receivedAtCheck;
    private int _quietChecks;

    private enum Stage
    {
        /// <summary>Others have their turn.</summary>
        Queued,

        /// <summary>The owner was asked for a ticket.</summary>
        Asking,

        /// <summary>Bytes come.</summary>
        Receiving,

        /// <summary>No bytes came for too long; the owner is asked anew once the reception has ended.</summary>
        Stopping,

        /// <summary>Bytes come, but another owner is to be asked once the reception has ended.</summary>
        Turning,

        /// <summary>The connection broke; the owner is asked anew at the next check.</summary>
        Broken,
    }

    public VectorReference Reference { get; } = reference;

    /// <summary>The transfer actor that is asked.</summary>
    public IActorRef Owner { get; private set; } = owner;

    public bool Keep { get; set; }

    /// <summary>Times that the vector came and was not what the reference says.</summary>
    public int Mismatches { get; private set; }

    /// <summary>Connections to the owner that broke or were given up, one after the other, without a single new byte.</summary>
    public int BreaksInARow { get; private set; }

    public IReadOnlyCollection<IActorRef> Waiting => _waiting;

    public bool IsStarted => _stage != Stage.Queued;

    public bool IsWhole => _vector is { } vector && vector.Received == vector.Size;

    /// <summary>Whether the reception is ended because nothing comes.</summary>
    public bool IsStopping => _stage == Stage.Stopping;

    public bool IsHopeless => _quietChecks >= settings.ChecksBeforeFailure;

    public void Add(IActorRef waiting) => _waiting.Add(waiting);

    /// <summary>Begins, or begins again from nothing.</summary>
    /// <returns>What to ask the owner for.</returns>
    public TransferProtocol.Request Start()
    {
        _vector = new ParameterVectorBuilder(Reference.Length);
        return Ask();
    }

    /// <summary>Goes on with another host that has the same vector.</summary>
    /// <returns>What to ask it for now, or null.</returns>
    public TransferProtocol.Request? TurnTo(IActorRef owner)
    {
        Owner = owner;
        BreaksInARow = 0;
        return IsStarted ? AskAnew(Stage.Turning) : null;
    }

    /// <summary>Takes a ticket where one is waited for.</summary>
    /// <returns>Where the bytes go, until the token says that they are no longer wanted; or null.</returns>
    public (ParameterVectorBuilder Vector, CancellationToken Unwanted)? Receive(IActorRef owner)
    {
        if (_stage != Stage.Asking || !owner.Equals(Owner))
        {
            return null;
        }

        _stage = Stage.Receiving;
        _reception = new CancellationTokenSource();
        return (_vector!, _reception.Token);
    }

    /// <summary>The reception has ended before the vector was whole.</summary>
    /// <returns>What to ask for now, or null.</returns>
    public TransferProtocol.Request? Break()
    {
        if (_stage == Stage.Turning)
        {
            return Ask();
        }

        BreaksInARow = _vector!.Received == _receivedAtBreak ? BreaksInARow + 1 : 0;
        _receivedAtBreak = _vector.Received;
        if (_stage == Stage.Stopping)
        {
            return Ask();
        }

        _stage = Stage.Broken;
        return null;
    }

    /// <summary>Looks whether bytes still come.</summary>
    /// <returns>What to ask for now, or null.</returns>
    public TransferProtocol.Request? Check()
    {
        var received = _vector!.Received;
        _quietChecks = received == _receivedAtCheck ? _quietChecks + 1 : 0;
        _receivedAtCheck = received;
        return _stage == Stage.Broken || (_quietChecks > 0 && _quietChecks % settings.ChecksBeforeRepeat == 0)
            ? AskAnew(Stage.Stopping)
            : null;
    }

    /// <summary>The whole vector, or null where it is not what the reference says.</summary>
    public ParameterVector? Finish()
    {
        var vector = _vector!.Build();
        if (vector.Hash == Reference.Hash)
        {
            return vector;
        }

        Mismatches++;
        return null;
    }

    /// <summary>Nothing more is wanted.</summary>
    public void Stop() => _reception?.Cancel();

    /// <summary>Asks, but not before the last byte of an earlier reception is written.</summary>
    /// <param name="ending">How a reception that goes on is ended.</param>
    private TransferProtocol.Request? AskAnew(Stage ending)
    {
        if (_stage is Stage.Receiving or Stage.Stopping)
        {
            _stage = ending;
            Stop();
            return null;
        }

        return _stage == Stage.Turning ? null : Ask();
    }

    private TransferProtocol.Request Ask()
    {
        _stage = Stage.Asking;
        return new TransferProtocol.Request(Reference.Name, _vector!.Received);
    }
}
