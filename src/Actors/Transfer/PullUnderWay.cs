using Akka.Actor;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer;

/// <summary>
/// One pull: what has come, what is asked for, and who waits. Chunks are taken in order; after a gap or a silence all
/// that is missing is asked for again, and what has come is kept.
/// </summary>
internal sealed class PullUnderWay(VectorReference reference, IActorRef owner, TransferSettings settings)
{
    private readonly HashSet<IActorRef> _waiting = [];
    private ParameterVectorBuilder? _vector;
    private long _requested;
    private long _resumedAt = -1;
    private int _quietChecks;

    public VectorReference Reference { get; } = reference;

    /// <summary>The transfer actor that is asked.</summary>
    public IActorRef Owner { get; private set; } = owner;

    public bool Keep { get; set; }

    /// <summary>Times that the vector came and was not what the reference says.</summary>
    public int Mismatches { get; private set; }

    public IReadOnlyCollection<IActorRef> Waiting => _waiting;

    public bool IsStarted => _vector is not null;

    public bool IsWhole => _vector is { } vector && vector.Received == vector.Size;

    public bool IsHopeless => _quietChecks >= settings.ChecksBeforeFailure;

    public void Add(IActorRef waiting) => _waiting.Add(waiting);

    /// <summary>Goes on with another host that has the same vector.</summary>
    public IEnumerable<TransferProtocol.ChunkRequest> TurnTo(IActorRef owner)
    {
        Owner = owner;
        return IsStarted ? Resume() : [];
    }

    /// <summary>Begins, or begins again from nothing.</summary>
    public IEnumerable<TransferProtocol.ChunkRequest> Start()
    {
        _vector = new ParameterVectorBuilder(Reference.Length);
        return Resume();
    }

    /// <summary>Takes a chunk if it is the next one.</summary>
    /// <returns>What to ask for now.</returns>
    public IEnumerable<TransferProtocol.ChunkRequest> Take(Chunk chunk)
    {
        if (_vector is not { } vector || chunk.Offset < vector.Received)
        {
            return [];
        }

        if (chunk.Offset > vector.Received || chunk.Bytes.IsEmpty || chunk.Bytes.Length > vector.Size - vector.Received)
        {
            // Chunks keep their order, so one before this is lost. Those behind it show the same gap, which is closed once.
            return _resumedAt == vector.Received ? [] : Resume();
        }

        vector.Append(chunk.Bytes);
        _quietChecks = 0;
        return Fill();
    }

    /// <summary>Counts a check, and asks again where nothing came for too long.</summary>
    public IEnumerable<TransferProtocol.ChunkRequest> Check() =>
        ++_quietChecks % settings.ChecksBeforeRepeat == 0 ? Resume() : [];

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

    private IEnumerable<TransferProtocol.ChunkRequest> Resume()
    {
        _requested = _vector!.Received;
        _resumedAt = _requested;
        return Fill();
    }

    /// <summary>
    /// Asks for more as soon as no more than half of what may be under way still is. To ask for each chunk by itself would
    /// wake either host for each.
    /// </summary>
    private List<TransferProtocol.ChunkRequest> Fill()
    {
        var vector = _vector!;
        var requests = new List<TransferProtocol.ChunkRequest>();
        _requested = Math.Max(_requested, vector.Received);
        var window = (long)settings.ChunkSize * settings.ChunksInFlight;
        if (_requested - vector.Received > window / 2)
        {
            return requests;
        }

        while (_requested < vector.Size && _requested - vector.Received < window)
        {
            var count = (int)Math.Min(settings.ChunkSize, vector.Size - _requested);
            requests.Add(new TransferProtocol.ChunkRequest(Reference.Name, _requested, count));
            _requested += count;
        }

        return requests;
    }
}
