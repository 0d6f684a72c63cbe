namespace FedActors.Actors.Hosting;

/// <summary>
/// What a host runs, key by key: its settings and what follows from them. Hosts work together only if all keys agree.
/// </summary>
public sealed class SettingsManifest
{
    private const string Separator = " = ";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>A manifest of keys and values.</summary>
    public SettingsManifest(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (key, value) in values)
        {
            _values[key] = value;
        }
    }

    /// <summary>Each key with its value, as a line.</summary>
    public string[] Lines => [.. _values.Select(pair => pair.Key + Separator + pair.Value)];

    /// <summary>A manifest as another host sent it. A line that is none counts as a key without value.</summary>
    public static SettingsManifest Parse(IEnumerable<string> lines) => new(lines.Select(line =>
    {
        var split = line.IndexOf(Separator, StringComparison.Ordinal);
        return split < 0 ? KeyValuePair.Create(line, "") : KeyValuePair.Create(line[..split], line[(split + Separator.Length)..]);
    }));

    /// <summary>How another host's manifest differs from this one, a sentence each; none where they agree.</summary>
    public IReadOnlyList<string> Differences(SettingsManifest other)
    {
        var differences = new List<string>();
        foreach (var key in _values.Keys.Union(other._values.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var here = _values.GetValueOrDefault(key);
            var there = other._values.GetValueOrDefault(key);
            if (here != there)
            {
                differences.Add($"{key} is {Show(there)} on the host, but {Show(here)} on the aggregator");
            }
        }

        return differences;
    }

    private static string Show(string? value) => value is null ? "not there" : $"'{value}'";
}
