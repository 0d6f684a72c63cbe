using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>What answers at <c>/remote</c>, and ends with the system.</summary>
internal sealed class RemoteDaemon(IActorRefProvider provider, ActorPath path, IInternalActorRef parent, IActorRef terminator)
    : VirtualPathContainer(provider, path, parent)
{
    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, this), this);
                break;
            case TerminationHook:
                terminator.Tell(TerminationHookDone.Instance, this);
                break;
        }
    }
}
