namespace FedActors.ClusterBench.Loads;

/// <summary>Updates from trainers that return at once.</summary>
internal static class UpdateLoad
{
    public static Task MeasureAsync(int parameters, string[] arguments) => throw new NotImplementedException();
}
