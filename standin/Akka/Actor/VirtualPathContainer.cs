using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A node of the tree that is no actor but under which references live, such as <c>/temp</c>.</summary>
internal class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider { get; } = provider;

    public override IInternalActorRef Parent { get; } = parent;

    public bool HasChildren => !_children.IsEmpty;

    public void AddChild(string name, IInternalActorRef child) => _children[name] = child;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public void ForEachChild(Action<IInternalActorRef> action)
    {
        foreach (var child in _children.Values)
        {
            action(child);
        }
    }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || name[0].Length == 0)
        {
            return this;
        }

        return _children.TryGetValue(name[0], out var child) ? child.GetChild(name.Skip(1).ToArray()) : ActorRefs.Nobody;
    }
}
