namespace Akka.Actor;

/// <summary>The top of a system's tree of actors.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, name) => RootAddress = address;

    private protected override Address RootAddress { get; }
}

/// <summary>A path below another one.</summary>
public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid)
        : base(parentPath, name, uid)
    {
    }

    private protected override Address RootAddress => null;
}
