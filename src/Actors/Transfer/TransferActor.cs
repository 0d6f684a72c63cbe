using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Transfer.Channel;

namespace FedActors.Actors.Transfer;

/// <summary>
/// Moves vectors between hosts, one of it on each: it gives those who ask tickets for what is on offer here, and pulls
/// what users here want from the hosts that have it. Whoever wants the same vector joins the same pull.
/// </summary>
public sealed class TransferActor : UntypedActor, IWithTimers
{
    private const int MostMismatches = 2;
    private const int TellingBreaks = 3;
    private const string CheckTimer = "check";
    private const string Silence = "nothing came in time";
    private const string Loopback = "127.0.0.1";

    private readonly TransferSettings _settings;
    private readonly IVectorChannel _channel;
    private readonly Dictionary<string, TransferProtocol.Offer> _offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PullUnderWay> _pulls = new(StringComparer.Ordinal);
    private readonly Queue<PullUnderWay> _queue = new();
    private readonly VectorCache _cache;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _active;

    /// <summary>Use <see cref="Props"/>.</summary>
    public TransferActor(TransferSettings settings, IVectorChannel channel)
    {
        _settings = settings;
        _channel = channel;
        _cache = new VectorCache(settings.CacheSize);
    }

    private enum Signal
    {
        Check,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A transfer actor.</summary>
    /// <param name="settings">How it works.</param>
    /// <param name="channel">The way to the other hosts. It stays open when the actor ends.</param>
    public static Props Props(TransferSettings settings, IVectorChannel channel) =>
        Akka.Actor.Props.Create(() => new TransferActor(settings, channel)).WithDispatcher(ActorsConfiguration.TransferDispatcher);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(CheckTimer, Signal.Check, _settings.CheckInterval);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var pull in _pulls.Values)
        {
            pull.Stop();
        }

        base.PostStop();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TransferProtocol.Request request:
                Serve(request);
                break;
            case TransferProtocol.Ticket ticket when _pulls.TryGetValue(ticket.Name, out var pull):
                Receive(pull, ticket);
                break;
            case ReceptionEnded ended when _pulls.GetValueOrDefault(ended.Pull.Reference.Name) == ended.Pull:
                GoOn(ended.Pull, ended.Failure);
                break;
            case TransferProtocol.Pull pull:
                Begin(pull);
                break;
            case TransferProtocol.Offer offer:
                _offers[offer.Name] = offer;
                break;
            case TransferProtocol.Delivered delivered when _offers.TryGetValue(delivered.Name, out var offer) && offer.Once:
                Withdraw(delivered.Name);
                break;
            case TransferProtocol.Withdraw withdraw:
                Withdraw(withdraw.Name);
                break;
            case TransferProtocol.Gone gone when _pulls.TryGetValue(gone.Name, out var pull) && pull.IsStarted:
                Fail(pull, "its owner has dropped it");
                break;
            case Terminated ended:
                FailUpdatesOf(ended.ActorRef);
                break;
            case Signal.Check:
                CheckPulls();
                break;
            case ReceptionEnded or TransferProtocol.Ticket or TransferProtocol.Gone or TransferProtocol.Delivered:
                // About a pull that has ended.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Serve(TransferProtocol.Request request)
    {
        if (!_offers.TryGetValue(request.Name, out var offer))
        {
            Sender.Tell(new TransferProtocol.Gone(request.Name));
            return;
        }

        var bytes = offer.Vector.Bytes;
        if (request.Offset < 0 || request.Offset >= bytes.Length)
        {
            _log.Warning("{0} asks for {1} from byte {2}, which can't be", Sender.Path, request.Name, request.Offset);
            return;
        }

        Sender.Tell(new TransferProtocol.Ticket(request.Name, _channel.Port, _channel.Issue(request.Name, bytes[request.Offset..])));
    }

    private void Withdraw(string name)
    {
        _offers.Remove(name);
        _channel.Withdraw(name);
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
                Context.Watch(other);
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

        // Watched until it ends, also without a pull: of each other host there is one.
        Context.Watch(owner);
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
            Withdraw(reference.Name);
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
            var request = pull.Start();
            if (pull.IsWhole)
            {
                Finish(pull);
            }
            else
            {
                Request(pull, request);
            }
        }
    }

    private void Request(PullUnderWay pull, TransferProtocol.Request? request)
    {
        if (request is not null)
        {
            pull.Owner.Tell(request, Self);
        }
    }

    private void Receive(PullUnderWay pull, TransferProtocol.Ticket ticket)
    {
        if (pull.Receive(Sender) is not var (vector, unwanted))
        {
            return;
        }

        // An actor without a host in its address is in this process.
        var host = Sender.Path.Address.Host ?? Loopback;
        _channel.ReceiveAsync(host, ticket.Port, ticket.Key, vector, unwanted).PipeTo(
            Self,
            success: () => new ReceptionEnded(pull, null),
            failure: failure => new ReceptionEnded(pull, new TransferEvents.OutOfReach(host, ticket.Port, failure.Message)));
    }

    private void GoOn(PullUnderWay pull, TransferEvents.OutOfReach? failure)
    {
        if (failure is null || pull.IsWhole)
        {
            Finish(pull);
            return;
        }

        if (pull.IsStopping)
        {
            failure = failure with { Reason = Silence };
        }

        _log.Info("The reception of {0} from {1}:{2} broke: {3}", pull.Reference.Name, failure.Host, failure.Port, failure.Reason);
        Request(pull, pull.Break());
        if (pull.BreaksInARow == TellingBreaks)
        {
            Context.System.EventStream.Publish(failure);
        }
    }

    private void Finish(PullUnderWay pull)
    {
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

    /// <summary>
    /// Gives up what only this owner had, so that pulls from others have their turn. A version may be pulled on from the
    /// next leading host.
    /// </summary>
    private void FailUpdatesOf(IActorRef owner)
    {
        // Those that wait come first, so that none of them is started in between.
        foreach (var pull in _pulls.Values.Where(pull => !pull.Keep && pull.Owner.Equals(owner)).OrderBy(pull => pull.IsStarted).ToList())
        {
            Fail(pull, "its owner has ended");
        }
    }

    private void Fail(PullUnderWay pull, string reason)
    {
        _log.Info("{0} can't be pulled: {1}", pull.Reference.Name, reason);
        End(pull, new TransferProtocol.PullFailed(pull.Reference, reason));
    }

    private void End(PullUnderWay pull, object answer)
    {
        pull.Stop();
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

    /// <summary>Channel to transfer: nothing more comes; without a failure the vector is whole.</summary>
    private sealed record ReceptionEnded(PullUnderWay Pull, TransferEvents.OutOfReach? Failure) : INoSerializationVerificationNeeded;
}
