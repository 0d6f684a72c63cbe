namespace Akka.Actor;

/// <summary>The reference that an ask hands out: the first message to it completes a task.</summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;

    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        Path = path;
        Provider = provider;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public virtual void DeliverAsk(object message, ICanTell destination) => destination.Tell(message, this);

    protected override void TellInternal(object message, IActorRef sender)
    {
        var accepted = message switch
        {
            Dispatch.SysMsg.ISystemMessage => _result.TrySetException(
                new InvalidOperationException($"system message of type '{message.GetType().Name}' is invalid for an ask")),
            T answer => _result.TrySetResult(answer),
            null => _result.TrySetResult(default),
            Status.Failure failure => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => Reject(message),
        };

        // A second answer has nobody to go to. One that comes after the asker gave up is no surprise.
        if (!accepted && !_result.Task.IsCanceled)
        {
            Provider.DeadLetters.Tell(message ?? default(T), this);
        }
    }

    private bool Reject(object message)
    {
        _result.TrySetException(new ArgumentException(
            $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
        return false;
    }
}
