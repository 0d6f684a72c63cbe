using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>What happened to updates and devices so far, in words; what did not happen is left out.</summary>
internal static class CounterText
{
    public static IEnumerable<string> Describe(RunProgress progress)
    {
        var counters = progress.Counters;
        yield return Text.Count(counters.UpdatesAggregated, "update");
        foreach (var (count, word) in new[]
        {
            (counters.StaleUpdates, "stale"),
            (counters.ConvertedUpdates, "converted"),
            (counters.UpdatesRejected, "rejected"),
            (counters.UpdatesDropped, "dropped"),
            (progress.DevicesAway, "away"),
        })
        {
            if (count > 0)
            {
                yield return $"{count} {word}";
            }
        }
    }
}
