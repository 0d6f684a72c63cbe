using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>What is left of the innermost <see cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>.</summary>
    public TimeSpan Remaining =>
        _end is null
            ? throw new InvalidOperationException(@"Remaining may not be called outside of ""within""")
            : RemainingOr(TimeSpan.Zero);

    /// <summary>What is left of the innermost `Within`, or else the default for a single expectation.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>The given duration dilated, or else <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given)
        {
            return RemainingOrDefault;
        }

        return given < TimeSpan.Zero
            ? throw new ArgumentException("Must be positive TimeSpan", nameof(duration))
            : Dilated(given);
    }

    /// <summary>A duration times the factor in the settings.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration < TimeSpan.Zero
            ? throw new ArgumentException("Must not be negative", nameof(duration))
            : new TimeSpan((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(min, max, () => Ran(action), hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken).GetAwaiter().GetResult();

    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min,
        TimeSpan max,
        Func<Task> actionAsync,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, () => Ran(actionAsync), hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must take between two durations; expectations in it wait no longer than what is left.</summary>
    public async Task<T> WithinAsync<T>(
        TimeSpan min,
        TimeSpan max,
        Func<Task<T>> function,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        min.EnsureIsPositiveFinite(nameof(min));
        max.EnsureIsPositiveFinite(nameof(max));
        var start = Now;
        var outerEnd = _end;
        var left = outerEnd - start;
        _assertions.AssertTrue(
            left is null || left >= min, "Required min time {0} not possible, only {1} left. {2}", min, left, hint ?? "");

        var limit = Dilated(max).Min(left);
        _lastWasNoMessage = false;
        _end = start + limit;
        T result;
        try
        {
            result = await OrTimeUp(function(), Dilated(max) + TimeSpan.FromMilliseconds(200), cancellationToken);
        }
        finally
        {
            _end = outerEnd;
        }

        var elapsed = Now - start;
        if (elapsed < min)
        {
            _assertions.Fail("Failed: Block took {0}, should have at least been {1}. {2}", elapsed, min, hint ?? "");
        }

        // A block that ends by seeing nothing for the rest of its time may be a little late.
        if (!_lastWasNoMessage && elapsed > limit + (epsilonValue ?? TimeSpan.Zero))
        {
            _assertions.Fail("Failed: Block took {0}, exceeding {1}. {2}", elapsed, limit, hint ?? "");
        }

        return result;
    }

    protected TimeSpan RemainingOr(TimeSpan duration) =>
        _end is { } end ? TimeSpan.FromTicks(Math.Max(0, (end - Now).Ticks)) : duration;

    /// <summary>The result, or nothing once the time is up: the caller then measures that it took too long.</summary>
    private static async Task<T> OrTimeUp<T>(Task<T> block, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(block, Task.Delay(limit, stopWaiting.Token));
        await stopWaiting.CancelAsync();
        if (first == block)
        {
            return await block;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return default;
    }

    private static Done Ran(Action action)
    {
        action();
        return Done.Instance;
    }

    private static async Task<Done> Ran(Func<Task> action)
    {
        await action();
        return Done.Instance;
    }
}
