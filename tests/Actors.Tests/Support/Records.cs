using FedActors.Actors.Federation;

namespace FedActors.Actors.Tests.Support;

/// <summary>Results made up for a test.</summary>
internal static class Records
{
    public static RoundRecord Round(int round) => new()
    {
        Round = round,
        Version = round,
        VirtualSeconds = round,
        WallSeconds = 0.5 * round,
        Accuracy = 0.25,
        Loss = round == 3 ? double.NaN : 1.5,
        ClassAccuracy = [0.5, 0],
        Updates = 3,
        StaleUpdates = 1,
        ConvertedUpdates = 0,
        MeanStaleness = 1.0 / 3,
    };

    public static RunSummary Summary(FederationPlan plan) => new()
    {
        Name = plan.Settings.Name,
        Policy = plan.Settings.Staleness.Policy.Name,
        Seed = plan.Settings.Seed,
        Network = plan.Network.Name,
        Device = "cpu",
        Parameters = plan.Network.Layout.Count,
        Dataset = plan.Data.Name,
        Rounds = plan.Settings.Rounds,
        FinalAccuracy = 0.25,
        FinalLoss = double.NaN,
        ClassAccuracy = [0.5, 0],
        VirtualSeconds = 6,
        Counters = new RunCounters { UpdatesAggregated = 18, DeviceRestarts = 2 },
    };
}
