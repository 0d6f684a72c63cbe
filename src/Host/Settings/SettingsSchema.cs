namespace FedActors.Host.Settings;

/// <summary>Compares settings with the reference, which names every key there is.</summary>
internal static class SettingsSchema
{
    /// <summary>Reports what the reference doesn't know, and returns the rest.</summary>
    /// <param name="settings">The settings of one file or option.</param>
    /// <param name="reference">The section of the reference they belong to.</param>
    /// <param name="path">The name of that section.</param>
    /// <param name="problems">Gets a problem for each key that is unknown or has the wrong form.</param>
    public static SettingSection Check(
        SettingSection settings, SettingSection reference, string path, ICollection<SettingsProblem> problems)
    {
        var known = SettingSection.Empty(settings.Origin);
        foreach (var (key, node) in settings.Children)
        {
            var name = SettingPath.Append(path, key);
            switch (reference.Find(key), node)
            {
                case (null, _):
                    problems.Add(new SettingsProblem(node.Origin, Unknown(key, name, path, reference)));
                    break;
                case (SettingSection below, SettingSection section):
                    known = known.With(key, Check(section, below, name, problems));
                    break;
                case (SettingSection below, _):
                    problems.Add(new SettingsProblem(
                        node.Origin, $"{name} is a section with keys of its own ({Keys(below)}), not a single value."));
                    break;
                case (_, SettingSection):
                    problems.Add(new SettingsProblem(node.Origin, $"{name} is a single value, not a section with keys of its own."));
                    break;
                default:
                    known = known.With(key, node);
                    break;
            }
        }

        return known;
    }

    private static string Unknown(string key, string name, string path, SettingSection reference)
    {
        var meant = Spelling.Nearest(key, reference.Children.Select(child => child.Key));
        return meant is null
            ? $"there is no setting {name}. The keys of {path} are {Keys(reference)}."
            : $"there is no setting {name}. Did you mean {SettingPath.Append(path, meant)}?";
    }

    private static string Keys(SettingSection section) => string.Join(", ", section.Children.Select(child => child.Key));
}
