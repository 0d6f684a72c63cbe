namespace FedActors.Host.Settings;

/// <summary>A setting given on the command line.</summary>
internal static class SettingOverride
{
    private const string Source = "--set";

    /// <summary>
    /// Reads <c>key=value</c>. The key may go without its <c>fedactors.</c>. A value that begins with a bracket or quote
    /// is HOCON; any other is taken as it is, so that a path needs no quotes.
    /// </summary>
    public static SettingSection Read(string change, ICollection<SettingsProblem> problems)
    {
        var origin = new SettingOrigin($"{Source} {change}");
        var split = change.IndexOf('=');
        var key = split < 0 ? "" : change[..split].Trim();
        if (key.Length == 0 || key.Split('.').Any(part => part.Length == 0))
        {
            problems.Add(new SettingsProblem(origin, $"must be written key=value, for example {Source} rounds=20."));
            return SettingSection.Empty(origin);
        }

        var isFull = key.StartsWith($"{SettingPath.Product}.", StringComparison.Ordinal)
            || key.StartsWith($"{SettingPath.Engine}.", StringComparison.Ordinal);
        var path = isFull ? key : $"{SettingPath.Product}.{key}";
        var value = change[(split + 1)..].Trim();
        if (value is not ['[' or '{' or '"', ..])
        {
            return Of(path, value is "" or "null" ? null : value, origin);
        }

        try
        {
            return SettingsText.Read($"{path} = {value}", origin.Source, ".", _ => null);
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
            {
                problems.Add(problem with { Origin = origin });
            }

            return SettingSection.Empty(origin);
        }
    }

    /// <summary>The seed, as an option gives it.</summary>
    public static SettingSection OfSeed(string seed, string option) =>
        Of($"{SettingPath.Product}.seed", seed, new SettingOrigin(option));

    /// <summary>The staleness policy, as an option gives it.</summary>
    public static SettingSection OfPolicy(string policy, string option) =>
        Of($"{SettingPath.Product}.staleness.policy", policy, new SettingOrigin(option));

    /// <summary>A tree with a single value.</summary>
    private static SettingSection Of(string path, string? value, SettingOrigin origin)
    {
        SettingNode node = new SettingText(value, origin);
        foreach (var key in path.Split('.').Reverse())
        {
            node = new SettingSection([KeyValuePair.Create(key, node)], origin);
        }

        return (SettingSection)node;
    }
}
