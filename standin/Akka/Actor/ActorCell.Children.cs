using Akka.Actor.Internal;

namespace Akka.Actor;

public partial class ActorCell
{
    private Children _children;
    private int _nextName = -1;

    public virtual IActorRef ActorOf(Props props, string name = null) => MakeChild(props, name, isSystemService: false);

    /// <summary>Makes a child from outside the actor, as guardians have it done to them.</summary>
    public virtual IActorRef AttachChild(Props props, bool isSystemService, string name = null) =>
        MakeChild(props, name, isSystemService);

    public void Stop(IActorRef child)
    {
        if (_children is not null && _children.TryGetByRef(child, out _))
        {
            _children.ShallDie(child);
        }

        ((IInternalActorRef)child).Stop();
    }

    public IEnumerable<IInternalActorRef> GetChildren() => ChildSnapshotLater().Select(stats => stats.Child);

    IEnumerable<IActorRef> IActorContext.GetChildren() => GetChildren();

    IActorRef IActorContext.Child(string name) =>
        _children is not null && _children.TryGetByName(name, out var stats) ? stats.Child : ActorRefs.Nobody;

    public bool TryGetChildStatsByName(string name, out IChildStats child)
    {
        ChildRestartStats stats = null;
        var found = _children is not null && _children.TryGetByName(name, out stats);
        child = stats;
        return found;
    }

    /// <summary>The child with that name, which a uid may follow; nobody if there is none.</summary>
    public IInternalActorRef GetSingleChild(string name)
    {
        var (childName, uid) = ActorPath.SplitUid(name);
        return _children is not null
            && _children.TryGetByName(childName, out var stats)
            && (uid == UndefinedUid || uid == stats.Uid)
                ? stats.Child
                : ActorRefs.Nobody;
    }

    /// <summary>Registers a child that was made by hand, as the first guardians are.</summary>
    internal void AddChild(IInternalActorRef child) => OpenChildren().Add(child);

    private static void CheckName(string name)
    {
        if (name.Length == 0)
        {
            throw new InvalidActorNameException("Actor name must not be empty.");
        }

        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException($"Illegal actor name [{name}]. {ActorPath.ValidActorNameDescription}");
        }
    }

    private IActorRef MakeChild(Props props, string name, bool isSystemService)
    {
        if (name is null)
        {
            name = ActorNames.Generate(Interlocked.Increment(ref _nextName));
        }
        else
        {
            CheckName(name);
        }

        var path = new ChildActorPath(_self.Path, name, ActorNames.NextUid());
        var child = _system.Provider.ActorOf(_system, props, _self, path, isSystemService, deploy: null, lookupDeploy: true, async: false);
        OpenChildren().Add(child);

        // A parent that is suspended must not have children that are not.
        if (IsFailed)
        {
            for (var i = Mailbox.SuspendCount(); i > 0; i--)
            {
                child.Suspend();
            }
        }

        child.Start();
        return child;
    }

    private Children OpenChildren()
    {
        var children = Volatile.Read(ref _children);
        if (children is null)
        {
            children = new Children();
            children = Interlocked.CompareExchange(ref _children, children, null) ?? children;
        }

        return children;
    }

    private ChildRestartStats[] ChildSnapshot() => _children is null ? [] : _children.Snapshot();

    /// <summary>A stopping child is reported together with its siblings, which hardly ever are looked at.</summary>
    private IEnumerable<ChildRestartStats> ChildSnapshotLater() => _children is null ? [] : _children;

    private void StopChildren()
    {
        foreach (var child in ChildSnapshot())
        {
            Stop(child.Child);
        }
    }

    private bool WaitForChildren(SuspendReason reason) => _children is not null && _children.TrySetReason(reason);

    private void CloseChildren() => Volatile.Write(ref _children, Children.OfTheDead);
}
