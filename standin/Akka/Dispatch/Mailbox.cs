using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// The messages of one actor and the right to handle them. One word of state says whether the mailbox is open, waiting for
/// a thread, closed, and how often it was suspended. Whoever sets the scheduled bit must hand the mailbox to its dispatcher;
/// only the thread that then runs it reads the queue or changes anything else in the word, so neither side takes a lock.
/// </summary>
public partial class Mailbox : IRunnable, IThreadPoolWorkItem
{
    private static readonly NoMessage _nothingMore = new();

    private readonly UnboundedMessageQueue _commonQueue;
    private MessageDispatcher _dispatcher;
    private ActorCell _cell;
    private SystemMessage _systemMessages;

    public Mailbox(IMessageQueue messageQueue)
    {
        MessageQueue = messageQueue;
        _commonQueue = messageQueue as UnboundedMessageQueue;
    }

    public IMessageQueue MessageQueue { get; }

    public MessageDispatcher Dispatcher => _dispatcher;

    internal ActorCell Actor => _cell;

    internal bool HasMessages => MessageQueue.HasMessages;

    internal int NumberOfMessages => MessageQueue.Count;

    internal bool HasSystemMessages => Volatile.Read(ref _systemMessages) is not (null or NoMessage);

    public virtual void SetActor(ActorCell actorCell)
    {
        _cell = actorCell;
        _dispatcher = actorCell.Dispatcher;
    }

    /// <summary>Handles what is due. Called by the dispatcher, on one thread at a time.</summary>
    public void Run()
    {
        if (IsClosed())
        {
            return;
        }

        var before = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = _cell;
        try
        {
            ProcessSystemMessages();
            ProcessMessages();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = before;
            Yield();
        }
    }

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Empties a closed mailbox into the dead letters.</summary>
    public virtual void CleanUp()
    {
        if (_cell is null)
        {
            return;
        }

        // Senders that held the mailbox while it closed help to empty it, and there may be one reader only.
        lock (this)
        {
            var deadLetters = _dispatcher.Mailboxes.DeadLetterMailbox;
            ForwardToDeadLetters(SystemMessage.Reverse(TakeSystemMessages(_nothingMore)));
            MessageQueue.CleanUp(_cell.Self, deadLetters.MessageQueue);
        }
    }

    /// <summary>Puts a message into the queue, and finds a thread for it if nobody has.</summary>
    internal void Post(object message, IActorRef sender)
    {
        if (_commonQueue is { } queue)
        {
            queue.Add(message, sender);
        }
        else
        {
            MessageQueue.Enqueue(_cell?.Self, new Envelope(message, sender));
        }

        var status = Volatile.Read(ref _status);
        if (status == Open)
        {
            if (TrySchedule())
            {
                _dispatcher.Execute(this);
            }
        }
        else if (status == Closed)
        {
            CleanUp();
        }
    }

    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _systemMessages);
            if (newest is NoMessage)
            {
                _dispatcher?.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
                return;
            }

            message.Next = newest;
            if (Interlocked.CompareExchange(ref _systemMessages, message, newest) == newest)
            {
                return;
            }

            message.Unlink();
        }
    }

    private void ProcessMessages()
    {
        var dispatcher = _dispatcher;
        var left = Math.Max(1, dispatcher.Throughput);
        var deadline = dispatcher.ThroughputDeadlineTime is { } ticks ? Environment.TickCount64 + (ticks / TimeSpan.TicksPerMillisecond) : long.MaxValue;

        while (Volatile.Read(ref _status) == Scheduled && MessageQueue.TryDequeue(out var next))
        {
            _cell.Invoke(next);

            if (Volatile.Read(ref _systemMessages) is not null)
            {
                _cell.ForgetCurrentMessage();
                ProcessSystemMessages();
            }

            if (--left <= 0 || (deadline != long.MaxValue && Environment.TickCount64 >= deadline))
            {
                break;
            }
        }

        _cell.ForgetCurrentMessage();
    }

    private void ProcessSystemMessages()
    {
        while (HasSystemMessages)
        {
            var list = SystemMessage.Reverse(TakeSystemMessages(null));
            while (list is not null && !IsClosed())
            {
                var message = list;
                list = message.Next;
                message.Unlink();
                _cell.SystemInvoke(message);
            }

            // What is left of the list once the actor has stopped still matters: it may hold a Watch to be answered.
            ForwardToDeadLetters(list);
        }
    }

    private SystemMessage TakeSystemMessages(SystemMessage replacement)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _systemMessages);
            if (newest is NoMessage)
            {
                return null;
            }

            if (Interlocked.CompareExchange(ref _systemMessages, replacement, newest) == newest)
            {
                return newest;
            }
        }
    }

    private void ForwardToDeadLetters(SystemMessage list)
    {
        var deadLetters = _dispatcher.Mailboxes.DeadLetterMailbox;
        while (list is not null)
        {
            var message = list;
            list = message.Next;
            message.Unlink();
            try
            {
                deadLetters.SystemEnqueue(_cell.Self, message);
            }
            catch (Exception e)
            {
                _cell.System.EventStream.Publish(new Error(e, nameof(Mailbox), GetType(), $"error while enqueuing {message} to deadletters: {e.Message}"));
            }
        }
    }

    /// <summary>Gives the thread back, and asks for another turn if there is more to do.</summary>
    private void Yield()
    {
        if (IsClosed())
        {
            return;
        }

        var dispatcher = _dispatcher;
        if (Volatile.Read(ref _status) == Scheduled && MessageQueue.HasMessages)
        {
            // The scheduled bit stays set: nobody else can have asked for a thread meanwhile.
            dispatcher.ExecuteAgain(this);
            return;
        }

        Interlocked.And(ref _status, ~Scheduled);
        if (TryScheduleWaitingWork())
        {
            dispatcher.Execute(this);
        }
    }
}
