using System.Text.Json;
using FedActors.Actors.Federation;

namespace FedActors.Actors.Journal;

/// <summary>Writes <c>summary.json</c>.</summary>
internal static class SummaryFile
{
    public static byte[] Encode(RunSummary summary, IReadOnlyDictionary<string, string> packages)
    {
        var counters = summary.Counters;
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                summary.Name,
                summary.Policy,
                summary.Seed,
                summary.Network,
                summary.Parameters,
                summary.Device,
                summary.Dataset,
                summary.Rounds,
                summary.FinalAccuracy,
                summary.FinalLoss,
                summary.ClassAccuracy,
                counters.WallSeconds,
                summary.VirtualSeconds,
                counters.TrainSeconds,
                counters.InversionSeconds,
                counters.EvaluationSeconds,
                Conversions = counters.ConvertedUpdates,
                counters.InversionIterations,
                counters.FailedConversions,
                summary.SwitchRound,
                counters.StalenessCounts,
                counters.UpdatesAggregated,
                counters.StaleUpdates,
                counters.UpdatesRejected,
                counters.UpdatesDropped,
                counters.DeviceRestarts,
                Packages = packages,
            },
            ResultJson.Indented);
        return [.. json, (byte)'\n'];
    }
}
