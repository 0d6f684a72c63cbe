using System.Globalization;

namespace FedActors.Host.Terminal;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Text
{
    /// <summary>A share in [0, 1] as a percentage with one digit.</summary>
    public static string Percent(double share) => $"{(100 * share).ToString("0.0", CultureInfo.InvariantCulture)}%";

    /// <summary>A number with a given count of digits.</summary>
    public static string Number(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    /// <summary>A number with as many digits as it needs, at most two after the point.</summary>
    public static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A span of time in its two greatest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => $"{Number(time.TotalSeconds, 1)} s",
        { TotalMinutes: < 1 } => $"{Number(time.TotalSeconds, 0)} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{(long)time.TotalHours} h {time.Minutes} min",
    };

    /// <summary>A number of bytes in units of 1024.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1L << 10 => $"{bytes} B",
        < 1L << 20 => $"{Number(bytes / 1024.0, 1)} KiB",
        _ => $"{Number(bytes / (1024.0 * 1024), 1)} MiB",
    };

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string noun) =>
        count == 1 ? $"1 {noun}" : $"{count.ToString(CultureInfo.InvariantCulture)} {noun}s";
}
