namespace Akka.TestKit.Internal;

/// <summary>Questions about durations, where a negative one means "without end".</summary>
public static class TimeSpanExtensions
{
    public static bool IsPositiveFinite(this TimeSpan timeSpan) => timeSpan >= TimeSpan.Zero;

    public static bool IsInfinite(this TimeSpan timeSpan) => timeSpan < TimeSpan.Zero;

    public static bool IsInfiniteTimeout(this TimeSpan timeSpan) => timeSpan == Timeout.InfiniteTimeSpan;

    public static void EnsureIsPositiveFinite(this TimeSpan timeSpan, string parameterName)
    {
        if (timeSpan.IsInfinite())
        {
            throw new ArgumentException($"The timespan must be greater than zero. Actual value: {timeSpan}", parameterName);
        }
    }

    /// <summary>The shorter of the two, where an absent or infinite duration is the longest of all.</summary>
    public static TimeSpan Min(this TimeSpan a, TimeSpan? b)
    {
        if (b is not { } other || other.IsInfinite())
        {
            return a;
        }

        return a.IsInfinite() || other < a ? other : a;
    }
}
