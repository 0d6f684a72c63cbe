using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Event;

namespace FedActors.Actors.Transfer;

/// <summary>
/// Moves vectors between hosts, one of it on each: it sends chunks of what is on offer here to those who ask, and pulls
/// what users here want from the hosts that have it. Whoever wants the same vector joins the same pull.
/// </summary>
public sealed class TransferActor : UntypedActor, IWithTimers
{
    private const int MostMismatches = 2;
    private const string CheckTimer = "check";

    private readonly TransferSettings _settings;
    private readonly Dictionary<string, TransferProtocol.Offer> _offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PullUnderWay> _pulls = new(StringComparer.Ordinal);
    private readonly Queue<PullUnderWay> _queue = new();
    private readonly VectorCache _cache;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _active;

    /// <summary>Use <see cref="Props"/>.</summary>
    public TransferActor(TransferSettings settings)
    {
        _settings = settings;
        _cache = new VectorCache(settings.CacheSize);
    }

    private enum Signal
    {
        Check,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A transfer actor.</summary>
    public static Props Props(TransferSettings settings) =>
        Akka.Actor.Props.Create(() => new TransferActor(settings)).WithDispatcher(ActorsConfiguration.TransferDispatcher);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(CheckTimer, Signal.Check, _settings.CheckInterval);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Chunk chunk when _pulls.TryGetValue(chunk.Name, out var pull):
                Request(pull, pull.Take(chunk));
                FinishIfWhole(pull);
                break;
            case TransferProtocol.ChunkRequest request:
                Serve(request);
                break;
            case TransferProtocol.Pull pull:
                Begin(pull);
                break;
            case TransferProtocol.Offer offer:
                _offers[offer.Name] = offer;
                break;
            case TransferProtocol.Delivered delivered when _offers.TryGetValue(delivered.Name, out var offer) && offer.Once:
                _offers.Remove(delivered.Name);
                break;
            case TransferProtocol.Withdraw withdraw:
                _offers.Remove(withdraw.Name);
                break;
            case TransferProtocol.Gone gone when _pulls.TryGetValue(gone.Name, out var pull) && pull.IsStarted:
                Fail(pull, "its owner has dropped it");
                break;
            case Signal.Check:
                CheckPulls();
                break;
            case Chunk or TransferProtocol.Gone or TransferProtocol.Delivered:
                // About a pull that has ended.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Serve(TransferProtocol.ChunkRequest request)
    {
        if (!_offers.TryGetValue(request.Name, out var offer))
        {
            Sender.Tell(new TransferProtocol.Gone(request.Name));
            return;
        }

        var bytes = MemoryMarshal.AsBytes(offer.Vector.Span);
        if (request.Count is < 1 or > TransferSettings.LargestChunk || request.Offset < 0 || request.Offset >= bytes.Length)
        {
            _log.Warning("{0} asks for {1} bytes of {2} from {3}, which can't be", Sender.Path, request.Count, request.Name, request.Offset);
            return;
        }

        var offset = (int)request.Offset;
        Sender.Tell(Chunk.Create(request.Name, offset, bytes.Slice(offset, Math.Min(request.Count, bytes.Length - offset))));
    }

    private void Begin(TransferProtocol.Pull wanted)
    {
        var reference = wanted.Reference;
        if (!reference.IsSound)
        {
            Sender.Tell(new TransferProtocol.PullFailed(reference, "the reference is none"));
            return;
        }

        if (_cache.Find(reference.Name) is { } known && known.Hash == reference.Hash)
        {
            Sender.Tell(new TransferProtocol.Pulled(reference, known));
            return;
        }

        if (_pulls.TryGetValue(reference.Name, out var pull) && pull.Reference == reference)
        {
            pull.Add(Sender);
            pull.Keep |= wanted.Keep;
            if (wanted.Owner is { } other && !other.Equals(pull.Owner))
            {
                Request(pull, pull.TurnTo(other));
            }

            return;
        }

        if (wanted.Owner is not { } owner)
        {
            Sender.Tell(new TransferProtocol.PullFailed(reference, "it is not on this host"));
            return;
        }

        if (owner.Equals(Self))
        {
            AnswerFromOffers(reference);
            return;
        }

        if (pull is not null)
        {
            Fail(pull, "its name stands for another vector now");
        }

        pull = new PullUnderWay(reference, owner, _settings) { Keep = wanted.Keep };
        pull.Add(Sender);
        _pulls.Add(reference.Name, pull);
        _queue.Enqueue(pull);
        StartNext();
    }

    /// <summary>Inside one host vectors move by reference.</summary>
    private void AnswerFromOffers(VectorReference reference)
    {
        if (!_offers.TryGetValue(reference.Name, out var offer) || offer.Vector.Hash != reference.Hash)
        {
            Sender.Tell(new TransferProtocol.PullFailed(reference, "it is not on offer here"));
            return;
        }

        if (offer.Once)
        {
            _offers.Remove(reference.Name);
        }

        Sender.Tell(new TransferProtocol.Pulled(reference, offer.Vector));
    }

    private void StartNext()
    {
        while (_active < _settings.ConcurrentPulls && _queue.TryDequeue(out var pull))
        {
            if (_pulls.GetValueOrDefault(pull.Reference.Name) != pull)
            {
                continue;
            }

            _active++;
            Request(pull, pull.Start());
            FinishIfWhole(pull);
        }
    }

    private void Request(PullUnderWay pull, IEnumerable<TransferProtocol.ChunkRequest> requests)
    {
        foreach (var request in requests)
        {
            pull.Owner.Tell(request, Self);
        }
    }

    private void FinishIfWhole(PullUnderWay pull)
    {
        if (!pull.IsWhole)
        {
            return;
        }

        if (pull.Finish() is not { } vector)
        {
            _log.Warning("{0} came with another hash than it was announced with", pull.Reference.Name);
            if (pull.Mismatches < MostMismatches)
            {
                Request(pull, pull.Start());
            }
            else
            {
                Fail(pull, "its bytes are not those that were announced");
            }

            return;
        }

        if (pull.Keep)
        {
            _cache.Add(pull.Reference.Name, vector);
        }

        pull.Owner.Tell(new TransferProtocol.Delivered(pull.Reference.Name), Self);
        End(pull, new TransferProtocol.Pulled(pull.Reference, vector));
    }

    private void CheckPulls()
    {
        foreach (var pull in _pulls.Values.Where(pull => pull.IsStarted).ToList())
        {
            Request(pull, pull.Check());
            if (pull.IsHopeless)
            {
                Fail(pull, "its owner does not answer");
            }
        }
    }

    private void Fail(PullUnderWay pull, string reason)
    {
        _log.Info("{0} can't be pulled: {1}", pull.Reference.Name, reason);
        End(pull, new TransferProtocol.PullFailed(pull.Reference, reason));
    }

    private void End(PullUnderWay pull, object answer)
    {
        _pulls.Remove(pull.Reference.Name);
        foreach (var waiting in pull.Waiting)
        {
            waiting.Tell(answer);
        }

        if (pull.IsStarted)
        {
            _active--;
        }

        StartNext();
    }
}
