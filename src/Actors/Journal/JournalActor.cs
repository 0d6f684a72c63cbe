using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Federation;

namespace FedActors.Actors.Journal;

/// <summary>
/// Owns the run's folder, on a thread of its own because disks block. When the disk refuses, it tells the federation
/// and writes nothing more, so that what is there stays consistent.
/// </summary>
public sealed class JournalActor : UntypedActor
{
    private readonly Func<Action<string>, RunStore> _open;

    /// <summary>Updates that are written, and those of them that the disk is being forced to keep.</summary>
    private List<(IActorRef Asker, long AssignmentId)> _written = [];
    private List<(IActorRef Asker, long AssignmentId)> _inForce = [];
    private Task _forcing = Task.CompletedTask;
    private RunStore? _store;
    private bool _recovered;

    /// <summary>Use <see cref="Props"/>.</summary>
    public JournalActor(Func<Action<string>, RunStore> open) => _open = open;

    /// <summary>A journal of one run.</summary>
    public static Props Props(FederationPlan plan, RunOptions options)
    {
        var opened = false;
        Func<Action<string>, RunStore> open = warn =>
        {
            // A journal that was restarted goes on from the disk, also in a run that began afresh.
            var store = new RunStore(plan, options with { Resume = options.Resume || opened }, warn);
            opened = true;
            return store;
        };
        return Akka.Actor.Props
            .Create(() => new JournalActor(open))
            .WithDispatcher(ActorsConfiguration.JournalDispatcher);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Context.Parent.Tell(new JournalProtocol.JournalFailed(refusal.Message, refusal));
            Become(Failed);
        }
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(JournalProtocol.JournalRestarted.Instance);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _store?.Dispose();
        base.PostStop();
    }

    private static void Failed(object message)
    {
    }

    private void Handle(object message)
    {
        if (!_recovered && message is not JournalProtocol.Recover)
        {
            // Meant for the journal before the restart: without its predecessors the message would leave a gap.
            return;
        }

        _store ??= _open(Context.GetLogger().Warning);
        switch (message)
        {
            case JournalProtocol.Recover:
                var (checkpoint, accepted) = _store.Recover();
                _recovered = true;
                Sender.Tell(new JournalProtocol.Recovered(checkpoint, accepted));
                break;
            case JournalProtocol.SaveCheckpoint save:
                ForceAll();
                _store.Save(save.Checkpoint);
                Sender.Tell(new JournalProtocol.CheckpointSaved(save.Checkpoint.Round));

                // After the updates that wait: while the disk is forced to keep them there is time for it.
                Self.Tell(TidyUp.Instance);
                break;
            case TidyUp:
                _store.Tidy();
                break;
            case JournalProtocol.LogAccepted log:
                Log(log.Update);
                break;
            case ForceLog:
                Force();
                break;
            case LogForced forced:
                Confirm(forced);
                break;
            case JournalProtocol.AppendRound append:
                _store.Append(append.Record);
                break;
            case JournalProtocol.Finish finish:
                _store.Finish(finish.Parameters, finish.Summary);
                Sender.Tell(new JournalProtocol.Finished(finish.Summary));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// Updates that wait in the mailbox are written first and then forced to disk together: a disk takes hardly longer for
    /// many than for one. While it works, the next ones are written.
    /// </summary>
    private void Log(AcceptedUpdate update)
    {
        _store!.Log(update);
        _written.Add((Sender, update.Assignment.Id));
        if (_written.Count == 1 && _inForce.Count == 0)
        {
            Self.Tell(ForceLog.Instance);
        }
    }

    private void Force()
    {
        if (_inForce.Count > 0 || _written.Count == 0)
        {
            return;
        }

        (_inForce, _written) = (_written, _inForce);
        var forcing = _forcing = _store!.ForceLogAsync();
        forcing.PipeTo(Self, success: () => new LogForced(forcing, null), failure: refusal => new LogForced(forcing, refusal));
    }

    private void Confirm(LogForced forced)
    {
        if (forced.Forcing != _forcing)
        {
            // A checkpoint has overtaken it.
            return;
        }

        if (forced.Refusal is not null)
        {
            throw new IOException(forced.Refusal.Message, forced.Refusal);
        }

        Acknowledge(_inForce);
        Force();
    }

    /// <summary>Waits until all is on disk that was written.</summary>
    private void ForceAll()
    {
        // A disk tells of a failure once, so what is under way must be heard.
        _forcing.GetAwaiter().GetResult();
        _forcing = Task.CompletedTask;
        Acknowledge(_inForce);
        if (_written.Count > 0)
        {
            _store!.ForceLogAsync().GetAwaiter().GetResult();
            Acknowledge(_written);
        }
    }

    private static void Acknowledge(List<(IActorRef Asker, long AssignmentId)> updates)
    {
        foreach (var (asker, assignment) in updates)
        {
            asker.Tell(new JournalProtocol.AcceptedLogged(assignment));
        }

        updates.Clear();
    }

    /// <summary>Journal to itself: all that was queued before has been written.</summary>
    private sealed record ForceLog : INoSerializationVerificationNeeded
    {
        public static readonly ForceLog Instance = new();
    }

    /// <summary>Journal to itself: remove what a checkpoint has replaced.</summary>
    private sealed record TidyUp : INoSerializationVerificationNeeded
    {
        public static readonly TidyUp Instance = new();
    }

    /// <summary>Disk to journal: what was written before is safe, or why not.</summary>
    private sealed record LogForced(Task Forcing, Exception? Refusal) : INoSerializationVerificationNeeded;
}
