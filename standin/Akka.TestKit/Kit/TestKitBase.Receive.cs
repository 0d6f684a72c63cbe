using System.Collections;
using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        ReceiveOneAsync(max, cancellationToken).Wait();

    /// <summary>The next message, or null if none comes in time.</summary>
    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryReceiveOneAsync(max, cancellationToken);
        return success ? envelope.Message : null;
    }

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = TryReceiveOneAsync(max, cancellationToken).Wait();
        return success;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var found = await WaitForMessage(GetTimeoutOrDefault(max), cancellationToken);
        MessageEnvelope envelope = null;
        var success = found && _queue.Reader.TryRead(out envelope);
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        _lastWasNoMessage = false;
        return (success, _lastMessage);
    }

    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        PeekOneAsync(max, cancellationToken).Wait();

    public object PeekOne(CancellationToken cancellationToken) => PeekOneAsync(cancellationToken).Wait();

    public ValueTask<object> PeekOneAsync(CancellationToken cancellationToken) =>
        PeekOneAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>The next message, which stays in the queue, or null if none comes in time.</summary>
    public async ValueTask<object> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryPeekOneAsync(max, cancellationToken);
        return success ? envelope.Message : null;
    }

    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        (var success, envelope) = TryPeekOneAsync(max, cancellationToken).Wait();
        return success;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var found = await WaitForMessage(GetTimeoutOrDefault(max), cancellationToken);
        MessageEnvelope envelope = null;
        var success = found && _queue.Reader.TryPeek(out envelope);
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        _lastWasNoMessage = false;
        return (success, _lastMessage);
    }

    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, max, hint, cancellationToken).Wait();

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, max, hint, cancellationToken).Wait();

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, allMessages, max, hint, cancellationToken).Wait();

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, null, max, hint, cancellationToken);

    /// <summary>Throws messages away until one matches; those go to <paramref name="allMessages"/>.</summary>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        allMessages?.Clear();
        while (true)
        {
            var message = await ReceiveOneAsync(NotNegative(end - Now), cancellationToken);
            _assertions.AssertTrue(
                message is not null,
                "Timeout ({0}) during fishForMessage{1}",
                limit,
                string.IsNullOrEmpty(hint) ? "" : ", hint: " + hint);
            if (message is T typed && isMessage(typed))
            {
                return typed;
            }

            allMessages?.Add(message);
        }
    }

    /// <summary>Throws messages away until the time is up; a <typeparamref name="T"/> among them is a failure.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var others = ReceiveWhileAsync<object>(
            message =>
            {
                _assertions.AssertFalse(message is T, "did not expect a message of type {0}", typeof(T));
                return true;
            },
            max,
            cancellationToken: cancellationToken);
        await foreach (var _ in others)
        {
        }
    }

    /// <summary>The messages until none comes for a while.</summary>
    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var messages = new ArrayList();
        while (await ReceiveOneAsync(max, cancellationToken) is { } message)
        {
            messages.Add(message);
            _assertions.AssertFalse(
                messages.Count > maxMessages, "{0} violated (current iteration: {1}).", nameof(maxMessages), messages.Count);
        }

        return ArrayList.ReadOnly(messages);
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, cancellationToken).Wait();

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, max, cancellationToken).Wait();

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveExactly(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        max.EnsureIsPositiveFinite(nameof(max));
        return ReceiveExactly(numberOfMessages, Dilated(max), cancellationToken);
    }

    private static TimeSpan NotNegative(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;

    private async IAsyncEnumerable<object> ReceiveExactly(
        int count, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var start = Now;
        for (var received = 0; received < count; received++)
        {
            var message = await ReceiveOneAsync(NotNegative(start + max - Now), cancellationToken);
            _assertions.AssertTrue(
                message is not null,
                "Timeout ({0}) while expecting {1} messages. Only got {2} after {3}.",
                max,
                count,
                received,
                Now - start);
            yield return message;
        }
    }

    private async ValueTask<bool> WaitForMessage(TimeSpan max, CancellationToken cancellationToken)
    {
        if (HasMessages)
        {
            return true;
        }

        if (max.IsInfiniteTimeout())
        {
            return await _queue.Reader.WaitToReadAsync(cancellationToken);
        }

        if (max <= TimeSpan.Zero)
        {
            return false;
        }

        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeUp.CancelAfter(max);
        try
        {
            return await _queue.Reader.WaitToReadAsync(timeUp.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
