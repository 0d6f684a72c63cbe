using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(max, filter, msgs, cancellationToken).Wait();

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(max, idle, filter, msgs, cancellationToken).Wait();

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken).Wait();

    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken).Wait();

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    /// <summary>Messages until one is mapped to null, which stays in the queue, or the time or the number is up.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileJudged(
            message => filter(message) is { } result ? (Verdict.Take, result) : (Verdict.Stop, default),
            RemainingOrDilated(max),
            idle,
            msgs,
            cancellationToken);

    /// <summary>Messages of one type until one is refused, which stays in the queue, or the time or the number is up.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileJudged(
            message => message switch
            {
                T typed => shouldContinue(typed) ? (Verdict.Take, typed) : (Verdict.Stop, default),
                _ => (shouldIgnoreOtherMessageTypes ? Verdict.Skip : Verdict.Stop, default(T)),
            },
            RemainingOrDilated(max),
            idle,
            msgs,
            cancellationToken);

    private async IAsyncEnumerable<T> ReceiveWhileJudged<T>(
        Func<object, (Verdict Verdict, T Result)> judge,
        TimeSpan max,
        TimeSpan? idle,
        int limit,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stop = Now + max;
        MessageEnvelope last = NullMessageEnvelope.Instance;
        for (var taken = 0; taken < limit;)
        {
            var (success, envelope) = await TryPeekOneAsync(NotNegative(stop - Now).Min(idle), cancellationToken);
            var (verdict, result) = success ? judge(envelope.Message) : (Verdict.Stop, default);
            if (verdict == Verdict.Stop)
            {
                break;
            }

            _queue.Reader.TryRead(out _);
            last = envelope;
            if (verdict == Verdict.Take)
            {
                taken++;
                yield return result;
            }
        }

        _lastMessage = last;
        _lastWasNoMessage = true;
    }

    private enum Verdict
    {
        Take,
        Skip,
        Stop,
    }
}
