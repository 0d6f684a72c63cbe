using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor.Internal;

/// <summary>
/// The children of one actor, by name. The actor itself changes them, other threads look names up and a guardian's children
/// are made by any thread, hence the lock; it is never taken to send a message.
/// </summary>
internal sealed class Children : IReadOnlyCollection<ChildRestartStats>
{
    private readonly Dictionary<string, ChildRestartStats> _byName = [];

    /// <summary>The children that are being waited for; null if there are none.</summary>
    private HashSet<IActorRef> _dying;
    private SuspendReason _reason;

    /// <summary>Taken by actors that stop, so that nobody can give them children any more.</summary>
    public static Children OfTheDead { get; } = new() { _reason = SuspendReason.Termination.Instance };

    public int Count
    {
        get
        {
            lock (_byName)
            {
                return _byName.Count;
            }
        }
    }

    public bool IsNormal => _reason is null or SuspendReason.UserRequest;

    public bool IsTerminating => _reason is SuspendReason.Termination;

    public bool IsWaitingForChildren => _reason is SuspendReason.IWaitingForChildren;

    /// <exception cref="InvalidActorNameException">The name is taken.</exception>
    /// <exception cref="InvalidOperationException">The parent is stopping.</exception>
    public void Add(IInternalActorRef child)
    {
        lock (_byName)
        {
            if (IsTerminating)
            {
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            }

            var name = child.Path.Name;
            if (!_byName.TryAdd(name, new ChildRestartStats(child)))
            {
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            }
        }
    }

    public bool TryGetByName(string name, [NotNullWhen(true)] out ChildRestartStats stats)
    {
        lock (_byName)
        {
            return _byName.TryGetValue(name, out stats);
        }
    }

    public bool TryGetByRef(IActorRef child, [NotNullWhen(true)] out ChildRestartStats stats)
    {
        if (!child.IsNobody() && TryGetByName(child.Path.Name, out stats) && stats.Child.Equals(child))
        {
            return true;
        }

        stats = null;
        return false;
    }

    /// <summary>Waits for a child from now on.</summary>
    public void ShallDie(IActorRef child)
    {
        lock (_byName)
        {
            (_dying ??= []).Add(child);
            _reason ??= SuspendReason.UserRequest.Instance;
        }
    }

    /// <summary>Says what to do when the awaited children are gone. False if none is awaited.</summary>
    public bool TrySetReason(SuspendReason reason)
    {
        lock (_byName)
        {
            if (_dying is null)
            {
                return false;
            }

            _reason = reason;
            return true;
        }
    }

    /// <summary>Forgets a child. Returns what was waited for if this was the last child it waited for.</summary>
    public SuspendReason Remove(IActorRef child)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(child.Path.Name, out var stats) && stats.Child.Equals(child))
            {
                _byName.Remove(child.Path.Name);
            }

            if (_dying is null || !_dying.Remove(child) || _dying.Count > 0)
            {
                return null;
            }

            var reason = _reason;
            _dying = null;
            _reason = reason is SuspendReason.Termination ? reason : null;
            return reason;
        }
    }

    public ChildRestartStats[] Snapshot()
    {
        lock (_byName)
        {
            return [.. _byName.Values];
        }
    }

    public IEnumerator<ChildRestartStats> GetEnumerator() => ((IEnumerable<ChildRestartStats>)Snapshot()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
