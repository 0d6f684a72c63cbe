using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Gives mailboxes threads to run on.</summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
        Mailboxes = configurator.Prerequisites.Mailboxes;
    }

    public MessageDispatcherConfigurator Configurator { get; }

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    public Mailboxes Mailboxes { get; }

    public string Id { get; protected set; }

    /// <summary>How many messages of one actor are handled before the next actor has its turn.</summary>
    public int Throughput { get; set; }

    /// <summary>How long one actor may handle messages before the next has its turn, in ticks; null if it does not matter.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    public TimeSpan ShutdownTimeout { get; protected set; }

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    public virtual void Attach(ActorCell cell)
    {
        if (cell.Mailbox.TrySchedule())
        {
            Execute(cell.Mailbox);
        }
    }

    public virtual void Detach(ActorCell cell)
    {
        var mailbox = cell.SwapMailbox(Mailboxes.DeadLetterMailbox);
        mailbox.BecomeClosed();
        mailbox.CleanUp();
    }

    public virtual void Dispatch(ActorCell cell, Envelope envelope) => cell.Mailbox.Post(envelope.Message, envelope.Sender);

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        if (mailbox.TrySchedule())
        {
            Execute(mailbox);
        }
    }

    /// <summary>Finds a thread for a mailbox whose scheduled bit the caller has set.</summary>
    internal void Execute(Mailbox mailbox)
    {
        try
        {
            ExecuteTask(mailbox);
        }
        catch (RejectedExecutionException e)
        {
            ReportFailure(e);
        }
    }

    /// <summary>Finds a thread for a mailbox that has had its turn and has more to do.</summary>
    internal void ExecuteAgain(Mailbox mailbox)
    {
        try
        {
            ExecuteTaskAgain(mailbox);
        }
        catch (RejectedExecutionException e)
        {
            ReportFailure(e);
        }
    }

    internal void Suspend(ActorCell cell)
    {
        if (cell.Mailbox.Actor == cell)
        {
            cell.Mailbox.Suspend();
        }
    }

    internal void Resume(ActorCell cell)
    {
        var mailbox = cell.Mailbox;
        if (mailbox.Actor == cell && mailbox.Resume() && mailbox.TryScheduleWaitingWork())
        {
            Execute(mailbox);
        }
    }

    /// <summary>Ends the threads, if they are the dispatcher's own. Called when the system has terminated.</summary>
    internal void ShutdownNow() => Shutdown();

    protected abstract void ExecuteTask(IRunnable run);

    private protected virtual void ExecuteTaskAgain(IRunnable run) => ExecuteTask(run);

    protected abstract void Shutdown();

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName, GetType(), ex.Message));
}

/// <summary>The dispatcher's threads are gone.</summary>
public class RejectedExecutionException : AkkaException
{
    public RejectedExecutionException(string message = null, Exception inner = null)
        : base(message, inner)
    {
    }
}
