namespace FedActors.Host.Hosts;

/// <summary>The roles of a host, as the cluster knows them.</summary>
internal static class HostRole
{
    public const string Aggregator = "aggregator";

    public const string Client = "client";
}
