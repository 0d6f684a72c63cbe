namespace FedActors.ClusterBench.Loads;

/// <summary>Moves one large vector between two processes, again and again.</summary>
internal static class TransferLoad
{
    public static Task MeasureAsync(int repetitions) => PeerProcess.PullAsync(11_000_000, repetitions);
}
