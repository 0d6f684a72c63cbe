using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations such as `1.5 s` and sizes such as `128 KiB`.</summary>
internal static class HoconUnits
{
    private static readonly Dictionary<string, double> TicksOfUnit = Expand(
        (TimeSpan.TicksPerMillisecond / 1e6, "ns nano nanos nanosecond nanoseconds"),
        (TimeSpan.TicksPerMillisecond / 1e3, "us micro micros microsecond microseconds"),
        (TimeSpan.TicksPerMillisecond, "ms milli millis millisecond milliseconds"),
        (TimeSpan.TicksPerSecond, "s second seconds"),
        (TimeSpan.TicksPerMinute, "m minute minutes"),
        (TimeSpan.TicksPerHour, "h hour hours"),
        (TimeSpan.TicksPerDay, "d day days"));

    private static readonly Dictionary<string, long> BytesOfUnit = Expand(
        (1L, "b B byte bytes"),
        (1L << 10, "k K Ki KiB kibibyte kibibytes"),
        (1L << 20, "m M Mi MiB mebibyte mebibytes"),
        (1L << 30, "g G Gi GiB gibibyte gibibytes"),
        (1L << 40, "t T Ti TiB tebibyte tebibytes"),
        (1L << 50, "p P Pi PiB pebibyte pebibytes"),
        (1L << 60, "e E Ei EiB exbibyte exbibytes"),
        (1_000L, "kB kilobyte kilobytes"),
        (1_000_000L, "MB megabyte megabytes"),
        (1_000_000_000L, "GB gigabyte gigabytes"),
        (1_000_000_000_000L, "TB terabyte terabytes"),
        (1_000_000_000_000_000L, "PB petabyte petabytes"),
        (1_000_000_000_000_000_000L, "EB exabyte exabytes"));

    /// <summary>A number without a unit counts milliseconds.</summary>
    public static TimeSpan ParseDuration(string text, bool allowInfinite)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
        {
            return Timeout.InfiniteTimeSpan;
        }

        var split = EndOfNumber(text);
        var unit = text[split..];
        if (split > 0 && char.IsAsciiDigit(text[0]) && TicksOfUnit.TryGetValue(unit, out var ticks))
        {
            const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite;
            var number = double.Parse(text[..split], Plain, NumberFormatInfo.InvariantInfo);
            return TimeSpan.FromTicks((long)Math.Round(number * ticks));
        }

        if (!double.TryParse(text, NumberFormatInfo.InvariantInfo, out var milliseconds))
        {
            throw new FormatException($"'{text}' is not a duration: expected a number with one of the units ns, us, ms, s, m, h, d.");
        }

        if (milliseconds < 0)
        {
            throw new FormatException($"Expected a positive value instead of {text}");
        }

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>A whole number without a unit counts bytes.</summary>
    public static long ParseSize(string text)
    {
        var split = EndOfNumber(text);
        if (split == text.Length || split == 0)
        {
            return long.Parse(text, NumberFormatInfo.InvariantInfo);
        }

        var unit = text[split..];
        if (!BytesOfUnit.TryGetValue(unit, out var bytes))
        {
            throw new FormatException($"{unit} is not a valid byte size suffix");
        }

        return bytes * long.Parse(text.AsSpan(0, split), NumberStyles.Integer, NumberFormatInfo.InvariantInfo);
    }

    private static int EndOfNumber(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        while (end > 0 && end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    private static Dictionary<string, T> Expand<T>(params (T Factor, string Names)[] units) =>
        units.SelectMany(unit => unit.Names.Split(' ').Select(name => (name, unit.Factor)))
            .ToDictionary(pair => pair.name, pair => pair.Factor, StringComparer.Ordinal);
}
