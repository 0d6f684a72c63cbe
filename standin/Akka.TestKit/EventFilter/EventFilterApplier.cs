using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit.Internal;

/// <summary>Puts filters into the log of an actor system for the time of a block, and counts what they match.</summary>
internal sealed class EventFilterApplier : IEventFilterApplier
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public EventFilterApplier(TestKitBase testKit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _testKit = testKit;
        _system = system;
        _filters = filters;
    }

    public EventFilterFactory And => new(_testKit, _system, _filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), null, 1, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), null, expectedCount, cancellationToken).GetAwaiter().GetResult();

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), timeout, expectedCount, cancellationToken).GetAwaiter().GetResult();

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), null, expectedCount, cancellationToken).GetAwaiter().GetResult();

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), timeout, expectedCount, cancellationToken).GetAwaiter().GetResult();

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(Async(actionAsync), null, expectedCount, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Intercept(Async(actionAsync), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), timeout, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, null, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, timeout, expectedCount, cancellationToken);

    public IUnmutableFilter Mute()
    {
        _system.EventStream.Publish(new Mute(_filters));
        return new UnmutableFilter(() => _system.EventStream.Publish(new Unmute(_filters)));
    }

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), null, null, cancellationToken).GetAwaiter().GetResult();

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), null, null, cancellationToken).GetAwaiter().GetResult();

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), null, null, cancellationToken);

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Async(action), null, null, cancellationToken);

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, null, null, cancellationToken);

    private static Func<Task<Done>> Async(Action action) => () =>
    {
        action();
        return Task.FromResult(Done.Instance);
    };

    private static Func<Task<Done>> Async(Func<Task> action) => async () =>
    {
        await action();
        return Done.Instance;
    };

    private static string Messages(int count) => count == 1 ? "1 message" : $"{count} messages";

    private async Task<T> Intercept<T>(Func<Task<T>> block, TimeSpan? timeout, int? expected, CancellationToken cancellationToken)
    {
        var matched = 0;
        void Count(EventFilterBase filter, LogEvent logEvent) => Interlocked.Increment(ref matched);

        foreach (var filter in _filters)
        {
            filter.EventMatched += Count;
        }

        using var muted = Mute();
        try
        {
            var result = await block();
            if (expected is { } count)
            {
                var leeway = timeout is { } given ? _testKit.Dilated(given) : LeewayOf(_system);
                await Verify(count, () => Volatile.Read(ref matched), leeway, cancellationToken);
            }

            return result;
        }
        finally
        {
            foreach (var filter in _filters)
            {
                filter.EventMatched -= Count;
            }
        }
    }

    private TimeSpan LeewayOf(ActorSystem system) =>
        system.HasExtension<TestKitSettings>()
            ? TestKitExtension.For(system).TestEventFilterLeeway
            : _testKit.TestKitSettings.TestEventFilterLeeway;

    private async Task Verify(int expected, Func<int> matched, TimeSpan leeway, CancellationToken cancellationToken)
    {
        // Expecting none means to look for one during the whole leeway.
        var enough = Math.Max(1, expected);
        await _testKit.AwaitConditionNoThrowAsync(
            () => matched() >= enough, leeway, TimeSpan.FromMilliseconds(10), cancellationToken);

        var actual = matched();
        if (actual == expected)
        {
            return;
        }

        var filters = string.Join(",", _filters);
        var problem = actual < expected
            ? $"Timeout ({leeway}) while waiting for messages. Only received {actual}/{expected} messages that matched filter [{filters}]"
            : $"Received {Messages(actual - expected)} too many. Expected {Messages(expected)} but received {actual} "
                + $"that matched filter [{filters}]";
        AssertionsOf(_system).Fail("{0}", problem);
    }

    private ITestKitAssertions AssertionsOf(ActorSystem system) =>
        TestKitAssertionsExtension.For(system.HasExtension<TestKitAssertionsProvider>() ? system : _testKit.Sys).Assertions;

    private sealed class UnmutableFilter : IUnmutableFilter
    {
        private Action _unmute;

        public UnmutableFilter(Action unmute) => _unmute = unmute;

        public void Unmute() => Interlocked.Exchange(ref _unmute, null)?.Invoke();

        public void Dispose() => Unmute();
    }
}
