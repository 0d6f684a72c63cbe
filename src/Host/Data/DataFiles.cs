namespace FedActors.Host.Data;

/// <summary>Recognises the files of data sets.</summary>
internal static class DataFiles
{
    // The beginnings of their names; either may be followed by .gz.
    private static readonly Dictionary<string, string[]> Patterns = new(StringComparer.Ordinal)
    {
        ["mnist"] = ["train-images-idx3-ubyte*", "train-labels-idx1-ubyte*", "t10k-images-idx3-ubyte*", "t10k-labels-idx1-ubyte*"],
        ["cifar10"] = ["data_batch_*.bin*", "test_batch.bin*"],
    };

    /// <summary>Whether a folder, or the one of the set's name inside it, has at least one file of a set.</summary>
    public static bool AreThere(string set, string folder)
    {
        var inside = Path.Combine(folder, set);
        var place = Directory.Exists(inside) ? inside : folder;
        return Patterns.TryGetValue(set, out var patterns)
            && patterns.Any(pattern => Directory.EnumerateFiles(place, pattern).Any());
    }
}
