using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Asking an actor from code that is none.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>
    /// Sends what the function makes of the reference to answer to. The task fails with <see cref="AskTimeoutException"/> when
    /// nobody answers in time, with <see cref="ArgumentException"/> when the answer is of another type, and with the cause of a
    /// <see cref="Status.Failure"/> unless that is what was asked for. Without a time-out it may never end.
    /// </summary>
    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var limit = timeout ?? provider.Settings.AskTimeout;
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = limit > TimeSpan.Zero ? new CancellationTokenSource(limit) : null;
        var onTimeout = clock?.Token.Register(() => result.TrySetException(new AskTimeoutException($"Timeout after {limit} seconds")));
        var onCancel = cancellationToken.Register(() => result.TrySetCanceled(cancellationToken));

        var future = provider.CreateFutureRef(result);
        provider.RegisterTempActor(future, future.Path);

        // The caller gets the task itself: one made by awaiting it would call a failure by cancellation a cancellation.
        result.Task.ContinueWith(
            _ =>
            {
                provider.UnregisterTempActor(future.Path);
                onTimeout?.Dispose();
                onCancel.Dispose();
                clock?.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        future.DeliverAsk(messageFactory(future), self);
        return result.Task;
    }

    internal static IActorRefProvider ProviderOf(ICanTell self) => self switch
    {
        ActorSelection selection => ProviderOf(selection.Anchor),
        IInternalActorRef reference => reference.Provider,
        _ => InternalCurrentActorCellKeeper.Current?.SystemImpl.Provider,
    };
}
