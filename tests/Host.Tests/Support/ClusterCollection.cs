namespace FedActors.Host.Tests.Support;

/// <summary>
/// The tests with clusters. One after the other, so that no two clusters compete for the processors: a starved host looks dead.
/// </summary>
internal static class ClusterCollection
{
    public const string Name = "clusters";
}
