using System.Globalization;

namespace FedActors.Host.Settings;

/// <summary>Reads durations. A unit is demanded: a bare number would be milliseconds to some and seconds to others.</summary>
internal static class Durations
{
    /// <summary>Longest duration that is accepted; far below what would overflow a date.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100_000);

    /// <summary>Reads a number with one of the units of HOCON, or a plain 0.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var (number, unit) = Split(text);
        double? ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => TimeSpan.TicksPerMillisecond / 1e6,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            "" when number == 0 => 1,
            _ => null,
        };
        return TryScale(number, ticks, out duration);
    }

    /// <summary>Reads a number of rounds.</summary>
    public static bool TryParseRounds(string text, TimeSpan roundDuration, out TimeSpan duration)
    {
        var (number, unit) = Split(text);
        return TryScale(number, unit is "round" or "rounds" ? roundDuration.Ticks : null, out duration);
    }

    private static bool TryScale(double? number, double? ticks, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (number is not { } count || ticks is not { } unit || !(count >= 0) || count * unit > Longest.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(count * unit));
        return true;
    }

    private static (double? Number, string Unit) Split(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        end = end < 0 ? text.Length : end;
        var isNumber = double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return (isNumber ? number : null, text[end..].Trim());
    }
}
