using System.Collections.Immutable;

namespace FedActors.Models.Networks;

/// <summary>The networks by name.</summary>
public static class NetworkCatalogue
{
    private static readonly ImmutableArray<INetwork> Networks = [new Mlp(), new Cnn(), new LeNet5(), new ResNet8()];

    /// <summary>The known names: <c>mlp</c>, <c>cnn</c> and <c>lenet5</c> for grey 28×28, <c>resnet8</c> for colour 32×32.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Networks.Select(network => network.Name)];

    /// <summary>The network of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The network; always the same object.</returns>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static INetwork Get(string name) => Networks.FirstOrDefault(network => network.Name == name)
        ?? throw new ArgumentException($"There is no network '{name}'. The known ones are {string.Join(", ", Names)}.", nameof(name));
}
