using FedActors.Models.Data;

namespace FedActors.Actors.Settings;

/// <summary>The images and how they are dealt to the clients.</summary>
/// <param name="Set">Name of the data set in the catalogue.</param>
/// <param name="Path">Folder of the data files, or null for a set that needs none.</param>
/// <param name="Partition">How the training images are dealt.</param>
/// <param name="Alpha">Concentration of the <c>dirichlet</c> partition, above 0; small is uneven.</param>
/// <param name="Clients">Number of clients, at least 1.</param>
/// <param name="SamplesPerClient">Images each client keeps, at least 1; null keeps all it was dealt.</param>
public sealed record DataSettings(
    string Set, string? Path, PartitionKind Partition, double Alpha, int Clients, int? SamplesPerClient)
{
    /// <summary>What the images turn into in the course of the run; null, the default, leaves them as they are.</summary>
    public DriftSettings? Drift { get; init; }
}
