using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A property that an actor may demand of its message queue.</summary>
public interface ISemantics
{
}

/// <summary>The queue has no limit.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics
{
}

/// <summary>The queue has a limit.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    TimeSpan PushTimeOut { get; }
}

/// <summary>Messages can be put in front of the queue.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Envelope envelope);
}

/// <summary>An unlimited queue that messages can be put in front of.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
}

/// <summary>A limited queue that messages can be put in front of.</summary>
public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics
{
}

/// <summary>The queue may be read by several threads.</summary>
public interface IMultipleConsumerSemantics : ISemantics
{
}

/// <summary>Put on an actor class that needs such a queue.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics
{
}

/// <summary>Put on a mailbox type that makes such queues.</summary>
public interface IProducesMessageQueue<TQueue>
    where TQueue : MessageQueues.IMessageQueue
{
}
