using System.Diagnostics;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Everything about an actor that outlives its instances: reference, mailbox, behaviours, children and watches. It is also
/// the context that the actor's code sees. What most actors never need (children, watches, timeouts, asynchronous
/// handlers) is not allocated until it is needed.
/// </summary>
[DebuggerDisplay("{Self,nq}")]
public partial class ActorCell : IUntypedActorContext, ICell
{
    public const int UndefinedUid = 0;

    private readonly IInternalActorRef _self;
    private readonly ActorSystemImpl _system;
    private Props _props;
    private ActorBase _actor;
    private Mailbox _mailbox;
    private ActorTaskScheduler _taskScheduler;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _system = system;
        _self = self;
        _props = props;
        Dispatcher = dispatcher;
        Parent = parent;
    }

    public ActorSystem System => _system;

    public ActorSystemImpl SystemImpl => _system;

    public IActorRef Self => _self;

    public IInternalActorRef Parent { get; }

    IActorRef IActorContext.Parent => Parent;

    public Props Props => _props;

    public MessageDispatcher Dispatcher { get; }

    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    public IActorRef Sender { get; private set; }

    public object CurrentMessage { get; internal set; }

    /// <summary>Changes with every message; tells the stash one message from the next.</summary>
    public int CurrentEnvelopeId { get; private set; }

    public bool IsLocal => true;

    public bool IsTerminated => Mailbox.IsClosed();

    public bool HasMessages => Mailbox.HasMessages;

    public int NumberOfMessages => Mailbox.NumberOfMessages;

    public virtual ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    internal ActorBase Actor => _actor;

    private Type ActorType => _actor?.GetType() ?? GetType();

    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrentActorCellKeeper.Current?._self;

    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrentActorCellKeeper.Current?.Sender;

    /// <summary>Gives the cell a mailbox with the order to make the actor in it, so that nothing can come before.</summary>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var mailbox = new Mailbox(mailboxType.Create(_self, _system));
        mailbox.SetActor(this);
        mailbox.SystemEnqueue(_self, new Create());
        SwapMailbox(mailbox);
        if (sendSupervise)
        {
            Parent.SendSystemMessage(new Supervise(_self, async: false));
        }
    }

    public virtual void Start() => Dispatcher.Attach(this);

    public void Stop() => SendSystemMessage(new Dispatch.SysMsg.Terminate());

    public void Suspend() => SendSystemMessage(new Suspend());

    public void Resume(Exception causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public virtual void SendSystemMessage(ISystemMessage message) => Dispatcher.SystemDispatch(this, (SystemMessage)message);

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, _system, Self);

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, _system);

    /// <summary>Runs an action as if the actor did.</summary>
    public void UseThreadContext(Action action)
    {
        var before = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = before;
        }
    }

    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox);

    protected virtual ActorBase CreateNewActorInstance()
    {
        var actor = _props.NewActor();
        if (actor is IActorStash stashing)
        {
            stashing.Stash = this.CreateStash(stashing);
        }

        if (actor is IInitializableActor initializable)
        {
            initializable.Init();
        }

        return actor;
    }

    private ActorBase NewActor()
    {
        ClearBehaviors();
        var actor = CreateNewActorInstance();
        if (_props.SupervisorStrategy is { } strategy)
        {
            actor.SupervisorStrategyInternal = strategy;
        }

        return actor;
    }

    private void ClearActor(ActorBase actor)
    {
        if (actor is not null)
        {
            try
            {
                (actor as IDisposable)?.Dispose();
            }
            catch (Exception e)
            {
                _system.Log.Error(e, "An error occurred while disposing {0} actor. Reason: {1}", actor.GetType(), e.Message);
            }

            _props.Release(actor);
        }

        CurrentMessage = null;
        ClearBehaviors();
    }

    private void Publish(LogEvent logEvent)
    {
        try
        {
            _system.EventStream.Publish(logEvent);
        }
        catch
        {
            // Publishing comes last in many clean-ups that must go on: the log is the one place that can't report its own failure.
        }
    }

    private void PublishLifecycle(string what)
    {
        if (_system.Settings.DebugLifecycle)
        {
            Publish(new Event.Debug(_self.Path.ToString(), ActorType, what));
        }
    }
}
