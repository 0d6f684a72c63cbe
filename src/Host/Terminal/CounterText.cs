using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>What happened to updates and devices, in words; what did not happen is left out.</summary>
internal static class CounterText
{
    /// <summary>The updates since the evaluation before.</summary>
    public static IEnumerable<string> Since(RoundRecord evaluation) =>
        Updates(evaluation.Updates, evaluation.StaleUpdates, evaluation.ConvertedUpdates);

    /// <summary>All updates so far.</summary>
    public static IEnumerable<string> Total(RunCounters counters) =>
        Updates(counters.UpdatesAggregated, counters.StaleUpdates, counters.ConvertedUpdates);

    /// <summary>What went wrong so far, and who is away now.</summary>
    public static IEnumerable<string> Losses(RunProgress progress) => Some(
        (progress.Counters.UpdatesRejected, "rejected"),
        (progress.Counters.UpdatesDropped, "dropped"),
        (progress.DevicesAway, "away"));

    private static IEnumerable<string> Updates(long all, long stale, long converted) =>
        Some((stale, "stale"), (converted, "converted")).Prepend(Text.Count(all, "update"));

    private static IEnumerable<string> Some(params (long Count, string Word)[] counts) =>
        counts.Where(pair => pair.Count > 0).Select(pair => $"{pair.Count} {pair.Word}");
}
