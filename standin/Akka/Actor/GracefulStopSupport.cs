using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stopping an actor and waiting for its end.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True when the actor has stopped; false if it has not in time.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        using var clock = new CancellationTokenSource(timeout);
        var stopped = target.WatchAsync(clock.Token);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return await stopped.ConfigureAwait(false);
    }
}

/// <summary>Waiting for an actor's end.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True when the actor has stopped; false if the token was cancelled before.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watched = (IInternalActorRef)target;
        var watcher = new DeathWatcher(watched);
        watched.SendSystemMessage(new Watch(watched, watcher));
        try
        {
            return await watcher.Stopped.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            watched.SendSystemMessage(new Unwatch(watched, watcher));
            return false;
        }
    }
}

/// <summary>A watcher that is no actor.</summary>
internal sealed class DeathWatcher(IInternalActorRef watched) : MinimalActorRef
{
    private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> Stopped => _stopped.Task;

    public override ActorPath Path { get; } = watched.Provider.TempPath();

    public override IActorRefProvider Provider => watched.Provider;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification notification && notification.Actor.Equals(watched))
        {
            _stopped.TrySetResult(true);
        }
    }
}
