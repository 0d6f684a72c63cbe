using System.Globalization;

namespace FedActors.ClusterBench;

/// <summary>Writes what was measured.</summary>
internal static class Figures
{
    /// <summary>Seconds with one digit.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>Least, middle and greatest of some times, and whether the greatest is within the goal.</summary>
    public static void Report(string what, IReadOnlyCollection<TimeSpan> times, TimeSpan goal)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine(
            $"{what,-28}{sorted.Count} times: least {Seconds(sorted[0])}, middle {Seconds(sorted[sorted.Count / 2])}, "
            + $"greatest {Seconds(sorted[^1])}; goal at most {Seconds(goal)}: {(sorted[^1] <= goal ? "met" : "missed")}");
    }

    /// <summary>A claim and whether it holds.</summary>
    public static void Claim(string what, bool holds) => Console.WriteLine($"{what}: {(holds ? "yes" : "NO")}");
}
