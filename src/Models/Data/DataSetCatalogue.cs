using System.Collections.Immutable;

namespace FedActors.Models.Data;

/// <summary>The data sets by name.</summary>
public static class DataSetCatalogue
{
    /// <summary>The known names: <c>glyphs</c>, which is built in, and those read from files.</summary>
    public static ImmutableArray<string> Names { get; } = [Glyphs.Name, Mnist.Name, Cifar10.Name];

    /// <summary>Loads a data set into memory.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="directory">
    /// The folder with the set's files (plain, or gzip with <c>.gz</c> added to the name), or the folder that holds it
    /// under the set's name. Not used by <c>glyphs</c>.
    /// </param>
    /// <returns>The set. <c>glyphs</c> is drawn once and then shared.</returns>
    /// <exception cref="ArgumentException">There is no set of that name.</exception>
    /// <exception cref="DataUnavailableException">The directory or a file is missing or can't be read.</exception>
    /// <exception cref="CorruptDataException">A file is not what it should be.</exception>
    public static DataSet Load(string name, string? directory) => name switch
    {
        Glyphs.Name => Glyphs.Shared,
        Mnist.Name => Mnist.Load(directory),
        Cifar10.Name => Cifar10.Load(directory),
        _ => throw new ArgumentException($"There is no data set '{name}'. The known ones are {string.Join(", ", Names)}.", nameof(name)),
    };
}
