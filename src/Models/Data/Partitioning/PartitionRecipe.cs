namespace FedActors.Models.Data;

/// <summary>What a partition depends on, apart from the images.</summary>
/// <param name="Kind">How images are dealt.</param>
/// <param name="Clients">How many clients there are; from 1 to the number of images.</param>
/// <param name="SamplesPerClient">
/// How many images each client gets; null for an equal share of all of them. No image goes to two clients.
/// </param>
/// <param name="Alpha">
/// The concentration of the Dirichlet distribution, positive: 0.1 leaves most clients one or two classes, 100 is close
/// to i.i.d. Other kinds do not use it.
/// </param>
/// <param name="Seed">The seed of every random choice.</param>
public sealed record PartitionRecipe(PartitionKind Kind, int Clients, int? SamplesPerClient, double Alpha, ulong Seed);
