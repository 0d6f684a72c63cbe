#nullable enable
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

public sealed partial class ClusterSingletonManager
{
    private void Start()
    {
        Receive<StartOldestChanges>(_ =>
        {
            _oldestChanges = Context.ActorOf(
                Actor.Props.Create(() => new OldestChangedBuffer(_settings.Role)).WithDispatcher(Context.Props.Dispatcher));
            AskForNextChange();
        });
        Receive<OldestChangedBuffer.InitialOldestState>(initial =>
        {
            _changeAsked = false;
            var isOldest = initial.Oldest.FirstOrDefault() == SelfNode;
            _older = initial.Oldest.Remove(SelfNode);
            if (isOldest && initial.SafeToBeOldest)
            {
                BecomeOldest();
            }
            else if (isOldest)
            {
                GoTo(ClusterSingletonState.BecomingOldest, BecomingOldest);
            }
            else
            {
                GoTo(ClusterSingletonState.Younger, Younger);
            }
        });
        Receive<HandOverToMe>(_ => { });
        Always();
    }

    private void Younger()
    {
        Receive<OldestChangedBuffer.OldestChanged>(changed =>
        {
            _changeAsked = false;
            _log.Info("Younger observed OldestChanged: [{0} -> {1}]", changed.PreviousOldest?.Address, changed.NewOldest?.Address);
            if (changed.NewOldest == SelfNode)
            {
                TakeOver(changed.PreviousOldest);
                return;
            }

            if (changed.NewOldest is { } oldest && !_older.Contains(oldest))
            {
                _older = _older.Insert(0, oldest);
            }

            AskForNextChange();
        });
        Receive<DelayedMemberRemoved>(removed =>
        {
            Remember(removed.Node);
            _older = _older.Remove(removed.Node);
        });
        Receive<HandOverToMe>(_ =>
        {
            // Most likely this node was restarted, and the other asks for the singleton of its earlier incarnation.
            if (_cluster.SelfMember.Status is MemberStatus.Leaving or MemberStatus.Exiting)
            {
                _log.Info("Ignoring HandOverToMe in Younger from [{0}] because self is leaving", Sender.Path.Address);
            }
            else
            {
                Sender.Tell(HandOverDone.Instance);
            }
        });
        WithoutSingleton();
        Always();
    }

    private void BecomingOldest()
    {
        Receive<HandOverInProgress>(_ =>
        {
            _log.Info("Hand-over in progress at [{0}]", Sender.Path.Address);
            Timers.Cancel(HandOverRetryTimer);
        });
        Receive<HandOverDone>(_ =>
        {
            if (_older.FirstOrDefault()?.Address == Sender.Path.Address)
            {
                BecomeOldest();
            }
            else
            {
                _log.Info("Ignoring HandOverDone in BecomingOldest from [{0}]", Sender.Path.Address);
            }
        });
        Receive<DelayedMemberRemoved>(removed =>
        {
            Remember(removed.Node);
            if (_cluster.IsTerminated)
            {
                return;
            }

            if (_older.Contains(removed.Node) && AllRemoved(_older))
            {
                BecomeOldest();
            }
            else
            {
                _older = _older.Remove(removed.Node);
            }
        });
        Receive<TakeOverFromMe>(_ => AcceptTakeOver(Sender));
        Receive<Retry>(retry => RetryHandOver(retry.Count));
        WithoutSingleton();
        Always();
    }

    private void Oldest()
    {
        Receive<OldestChangedBuffer.OldestChanged>(changed => LoseAge(changed.NewOldest));
        Receive<HandOverToMe>(_ => StopSingletonFor(Sender));
        Receive<TakeOverFromMe>(_ => Sender.Tell(HandOverToMe.Instance));
        Receive<ClusterEvent.MemberDowned>(IsSelf, _ => StopSingletonAndManager("Self downed"));
        Receive<SelfExiting>(_ => NoteSelfExiting());
        Receive<HandOverDone>(_ => { });
        WithSingleton();
        Always();
    }

    private void WasOldest()
    {
        Receive<Retry>(retry => RetryTakeOver(retry.Count));
        Receive<HandOverToMe>(_ => StopSingletonFor(Sender));
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (_selfExited)
            {
                return;
            }

            if (IsSelf(removed))
            {
                StopManager("Self removed");
            }
            else if (removed.Member.UniqueAddress == _newOldest)
            {
                Remember(removed.Member.UniqueAddress);
                StopSingletonFor(null);
            }
        });
        Receive<ClusterEvent.MemberDowned>(IsSelf, _ => StopSingletonAndManager("Self downed"));
        Receive<SelfExiting>(_ => NoteSelfExiting());
        WithSingleton();
        Always();
    }

    private void HandingOver()
    {
        Receive<Terminated>(terminated =>
        {
            if (terminated.ActorRef.Equals(_singleton))
            {
                CompleteHandOver();
            }
        });
        Receive<HandOverToMe>(_ =>
        {
            if (Sender.Equals(_handOverTo))
            {
                Sender.Tell(HandOverInProgress.Instance);
            }
        });
        Receive<SelfExiting>(_ => NoteSelfExiting());
        Always();
    }

    private void Stopping()
    {
        Receive<Terminated>(_ => StopManager("Singleton stopped"));
        Always();
    }

    private void End()
    {
        Receive<ClusterEvent.MemberRemoved>(IsSelf, _ => StopManager("Self removed"));
        Receive<HandOverToMe>(_ => { });
        Always();
    }

    /// <summary>What a manager does whose node may become the oldest.</summary>
    private void WithoutSingleton()
    {
        Receive<ClusterEvent.MemberDowned>(IsSelf, _ => StopManager("Self downed"));
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (IsSelf(removed))
            {
                StopManager("Self removed");
            }
            else if (_removalMargin > TimeSpan.Zero)
            {
                // On the other side of a partition the singleton may run that much longer.
                var node = removed.Member.UniqueAddress;
                Timers.StartSingleTimer($"removed-{node}", new DelayedMemberRemoved(node), _removalMargin);
            }
            else
            {
                Self.Tell(new DelayedMemberRemoved(removed.Member.UniqueAddress));
            }
        });
    }

    private void WithSingleton() => Receive<Terminated>(terminated =>
    {
        // It has stopped itself, and will not be started again while this node is the oldest.
        if (terminated.ActorRef.Equals(_singleton))
        {
            _log.Info("Singleton actor [{0}] was terminated", terminated.ActorRef.Path);
            _singleton = null;
        }
    });

    private void Always()
    {
        Receive<SelfExiting>(_ =>
        {
            NoteSelfExiting();
            _handedOver.TrySetResult(Done.Instance);
        });
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (IsSelf(removed) && !_selfExited)
            {
                StopManager("Self removed");
            }
            else
            {
                Remember(removed.Member.UniqueAddress);
            }
        });
        Receive<DelayedMemberRemoved>(removed => Remember(removed.Node));
        Receive<ClusterEvent.MemberDowned>(_ => { });
        Receive<OldestChangedBuffer.OldestChanged>(_ => { });
        Receive<TakeOverFromMe>(_ => _log.Debug("Ignoring TakeOver request in [{0}] from [{1}]", _state, Sender.Path.Address));
        Receive<HandOverInProgress>(_ => { });
        Receive<HandOverDone>(_ => { });
        Receive<Retry>(_ => { });
        Receive<Terminated>(_ => { });
        Receive<Cleanup>(_ =>
        {
            foreach (var node in _removed.Where(pair => pair.Value < Now).Select(pair => pair.Key).ToArray())
            {
                _removed.Remove(node);
            }
        });
    }

    private bool IsSelf(ClusterEvent.IMemberEvent change) => change.Member.UniqueAddress == SelfNode;

    private void NoteSelfExiting()
    {
        _selfExited = true;
        _log.Info("Exited [{0}]", _cluster.SelfAddress);
        Sender.Tell(Done.Instance);
    }

    private void TakeOver(UniqueAddress? previousOldest)
    {
        if (AllRemoved(_older))
        {
            BecomeOldest();
            return;
        }

        if (previousOldest is not null)
        {
            _older = _older.Remove(previousOldest).Insert(0, previousOldest);
        }

        Peer(_older[0].Address).Tell(HandOverToMe.Instance);
        GoTo(ClusterSingletonState.BecomingOldest, BecomingOldest);
    }

    private void AcceptTakeOver(IActorRef sender)
    {
        var address = sender.Path.Address;
        var node = _cluster.State.Members.FirstOrDefault(m => m.Address == address)?.UniqueAddress;
        if (node is null)
        {
            _log.Info("Ignoring TakeOver request from unknown node in BecomingOldest from [{0}]", address);
            return;
        }

        if (_older.IsEmpty)
        {
            _older = [node];
        }

        if (_older[0] == node)
        {
            sender.Tell(HandOverToMe.Instance);
        }
        else
        {
            _log.Info("Ignoring TakeOver request in BecomingOldest from [{0}]. Expected previous oldest [{1}]", address, _older[0].Address);
        }
    }

    private void RetryHandOver(int count)
    {
        if (count <= _maxHandOverRetries)
        {
            if (_older.FirstOrDefault() is { } oldest)
            {
                _log.Info("Retry [{0}], sending HandOverToMe to [{1}]", count, oldest.Address);
                Peer(oldest.Address).Tell(HandOverToMe.Instance);
            }

            Timers.StartSingleTimer(HandOverRetryTimer, new Retry(count + 1), _settings.HandOverRetryInterval);
        }
        else if (!_older.IsEmpty && AllRemoved(_older))
        {
            BecomeOldest();
        }
        else if (_cluster.IsTerminated)
        {
            StopManager("Cluster terminated");
        }
        else
        {
            throw new ClusterSingletonManagerIsStuckException(
                $"Becoming singleton oldest was stuck because previous oldest [{_older.FirstOrDefault()}] is unresponsive");
        }
    }

    private void LoseAge(UniqueAddress? newOldest)
    {
        _changeAsked = false;
        _log.Info("{0} observed OldestChanged: [{1} -> {2}]", _state, _cluster.SelfAddress, newOldest?.Address);
        if (newOldest == SelfNode)
        {
            return;
        }

        if (newOldest is not null && !_selfExited && _removed.ContainsKey(newOldest))
        {
            // An older member that seemed to be gone is back. It is safest to start from the beginning.
            StopSingletonFor(null);
            return;
        }

        if (newOldest is not null)
        {
            Peer(newOldest.Address).Tell(TakeOverFromMe.Instance);
        }

        _newOldest = newOldest;
        GoTo(ClusterSingletonState.WasOldest, WasOldest);
        Timers.StartSingleTimer(TakeOverRetryTimer, new Retry(1), _settings.HandOverRetryInterval);
    }

    private void RetryTakeOver(int count)
    {
        if ((_cluster.IsTerminated || _selfExited) && (_newOldest is null || count > _maxTakeOverRetries))
        {
            StopSingletonAndManager("Nobody to hand over to");
        }
        else if (count <= _maxTakeOverRetries)
        {
            if (_newOldest is not null)
            {
                _log.Debug("Retry [{0}], sending TakeOverFromMe to [{1}]", count, _newOldest.Address);
                Peer(_newOldest.Address).Tell(TakeOverFromMe.Instance);
            }

            Timers.StartSingleTimer(TakeOverRetryTimer, new Retry(count + 1), _settings.HandOverRetryInterval);
        }
        else
        {
            throw new ClusterSingletonManagerIsStuckException($"Expected hand-over to [{_newOldest}] never occurred");
        }
    }
}
