using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Messages that an actor has put aside for later.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages fit; zero or less if there is no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside.</summary>
    void Stash();

    /// <summary>Puts the oldest message back in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages back in front of the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts back the messages that the function approves of, and drops the others.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Removes and returns all messages.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages in front of the stash.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor that has a stash.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

/// <summary>An actor that has a stash and does not care what mailbox it gets.</summary>
public interface IWithUnrestrictedStash : IActorStash
{
}

/// <summary>An actor that has a stash, whose limit the settings give.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>
{
}

/// <summary>An actor that has a stash without limit.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>
{
}
