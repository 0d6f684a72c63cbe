using System.Globalization;

namespace FedActors.Actors.Journal;

/// <summary>Files of a folder that are told apart by a number, such as <c>checkpoint-00000012</c>.</summary>
internal sealed class NumberedFiles(string directory, string prefix)
{
    /// <summary>The numbers of those that are there, in no particular order. What has another ending, such as <c>.tmp</c>, is none.</summary>
    public IEnumerable<long> Numbers => Directory.EnumerateFiles(directory, prefix + "*")
        .Select(path => Path.GetFileName(path)[prefix.Length..])
        .Where(name => name.All(char.IsAsciiDigit))
        .Select(name => long.Parse(name, CultureInfo.InvariantCulture));

    /// <summary>Where the file of a number lies.</summary>
    public string PathOf(long number) => Path.Combine(directory, $"{prefix}{number:D8}");
}
