namespace Akka.Actor.Internal;

/// <summary>What is to be done once all actors have stopped.</summary>
internal sealed class TerminationCallbacks
{
    private readonly Stack<Action> _callbacks = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    public Task Done => _done.Task;

    /// <exception cref="InvalidOperationException">It is too late.</exception>
    public void Add(Action code)
    {
        lock (_callbacks)
        {
            if (_started)
            {
                throw new InvalidOperationException("ActorSystem already terminated.");
            }

            _callbacks.Push(code);
        }
    }

    public void Run(Action last)
    {
        Action[] callbacks;
        lock (_callbacks)
        {
            _started = true;
            callbacks = [.. _callbacks, last];
        }

        foreach (var callback in callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                // There is no log any more, and the callbacks after this one count too.
                Console.Error.WriteLine($"A callback on termination of the actor system failed: {e}");
            }
        }

        _done.SetResult();
    }
}
