using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>A reference that points out of this process.</summary>
public interface IRemoteRef : IActorRefScope
{
}

/// <summary>A reference to an actor of another system.</summary>
public class RemoteActorRef : InternalActorRefBase, IRemoteRef
{
    public RemoteActorRef(
        RemoteTransport remote,
        Address localAddressToUse,
        ActorPath path,
        IInternalActorRef parent,
        Props props,
        Deploy deploy)
    {
        if (path.Address.HasLocalScope)
        {
            throw new ArgumentException($"Unexpected local address in RemoteActorRef [{path}]");
        }

        Remote = remote;
        LocalAddressToUse = localAddressToUse;
        Path = path;
        Parent = parent;
    }

    public Address LocalAddressToUse { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent { get; }

    public override IActorRefProvider Provider => Remote.Provider;

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    internal RemoteTransport Remote { get; }

    /// <summary>The way there, found with the first message.</summary>
    internal Association Way { get; set; }

    public override IActorRef GetChild(IReadOnlyList<string> name) => name.Count switch
    {
        0 => this,
        _ when name[0] == ".." => Parent.GetChild([.. name.Skip(1)]),
        _ => new RemoteActorRef(Remote, LocalAddressToUse, Path / name, ActorRefs.Nobody, Props.None, Deploy.None),
    };

    public override void Start()
    {
    }

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    /// <summary>True if the death watcher takes care: it watches once for all of this system, and watches the node as well.</summary>
    public bool IsWatchIntercepted(IActorRef watchee, IActorRef watcher) =>
        !watcher.Equals(Remote.Provider.RemoteWatcher) && watchee.Equals(this);

    public override void SendSystemMessage(ISystemMessage message)
    {
        try
        {
            switch (message)
            {
                case Watch watch when IsWatchIntercepted(watch.Watchee, watch.Watcher):
                    Remote.Provider.RemoteWatcher.Tell(new RemoteWatcher.WatchRemote(watch.Watchee, watch.Watcher), ActorRefs.NoSender);
                    break;
                case Unwatch unwatch when IsWatchIntercepted(unwatch.Watchee, unwatch.Watcher):
                    Remote.Provider.RemoteWatcher.Tell(new RemoteWatcher.UnwatchRemote(unwatch.Watchee, unwatch.Watcher), ActorRefs.NoSender);
                    break;
                default:
                    Remote.Send(message, null, this);
                    break;
            }
        }
        catch (Exception e)
        {
            ReportSwallowed(e);
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException("Message is null.");
        }

        try
        {
            Remote.Send(message, sender, this);
        }
        catch (Exception e)
        {
            ReportSwallowed(e);
        }
    }

    private void ReportSwallowed(Exception e) =>
        Remote.System.EventStream.Publish(new Error(e, Path.ToString(), GetType(), "swallowing exception during message send"));
}
