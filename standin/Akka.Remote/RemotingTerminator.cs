using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Holds the system guardian back until all that the dying actors had to say to others has left.</summary>
internal sealed class RemotingTerminator : UntypedActor, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    private readonly ILoggingAdapter _log = Logging.GetLogger(Context.System.EventStream, "remoting-terminator");
    private readonly IActorRef _systemGuardian;
    private Start _running;

    public RemotingTerminator(IActorRef systemGuardian) => _systemGuardian = systemGuardian;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start start:
                _running = start;
                _systemGuardian.Tell(RegisterTerminationHook.Instance);
                break;
            case TerminationHook when _running is not null:
                _log.Info("Shutting down remote daemon.");
                _running.Daemon.Tell(TerminationHook.Instance);
                break;
            case TerminationHookDone:
                _log.Info("Remote daemon shut down; proceeding with flushing remote transports.");
                _running.Transport.Shutdown().ContinueWith(_ => new Finished(), TaskScheduler.Default).PipeTo(Self);
                break;
            case Finished:
                _log.Info("Remoting shut down.");
                _systemGuardian.Tell(TerminationHookDone.Instance);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed class Start(RemoteTransport transport, IActorRef daemon) : INoSerializationVerificationNeeded
    {
        public RemoteTransport Transport { get; } = transport;

        public IActorRef Daemon { get; } = daemon;
    }

    private sealed class Finished : INoSerializationVerificationNeeded;
}
