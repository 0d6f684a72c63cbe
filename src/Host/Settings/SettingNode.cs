using System.Collections.Immutable;

namespace FedActors.Host.Settings;

/// <summary>A node of a settings tree.</summary>
/// <param name="Origin">Where it was written.</param>
internal abstract record SettingNode(SettingOrigin Origin);

/// <summary>A single value as text; null where the file says <c>null</c>, which means "as by default".</summary>
internal sealed record SettingText(string? Text, SettingOrigin Origin) : SettingNode(Origin);

/// <summary>A list of values.</summary>
internal sealed record SettingList(ImmutableArray<SettingNode> Items, SettingOrigin Origin) : SettingNode(Origin);

/// <summary>Keys and what stands under them, in the order of the file.</summary>
internal sealed record SettingSection(ImmutableArray<KeyValuePair<string, SettingNode>> Children, SettingOrigin Origin)
    : SettingNode(Origin)
{
    /// <summary>A section without keys.</summary>
    public static SettingSection Empty(SettingOrigin origin) => new([], origin);

    /// <summary>What stands under <paramref name="key"/>, or null.</summary>
    public SettingNode? Find(string key)
    {
        foreach (var (name, child) in Children)
        {
            if (name == key)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The section under <paramref name="key"/>; an empty one where there is none.</summary>
    public SettingSection Section(string key) => Find(key) as SettingSection ?? Empty(Origin);

    /// <summary>This section with one child replaced or added.</summary>
    public SettingSection With(string key, SettingNode child)
    {
        var replaced = new KeyValuePair<string, SettingNode>(key, child);
        for (var index = 0; index < Children.Length; index++)
        {
            if (Children[index].Key == key)
            {
                return this with { Children = Children.SetItem(index, replaced) };
            }
        }

        return this with { Children = Children.Add(replaced) };
    }

    /// <summary>These settings, completed by those of <paramref name="fallback"/>, in the order of the fallback.</summary>
    public SettingSection Over(SettingSection fallback)
    {
        var merged = fallback;
        foreach (var (key, child) in Children)
        {
            switch (child)
            {
                case SettingText { Text: null } when fallback.Find(key) is not null:
                    break;
                case SettingSection section when fallback.Find(key) is SettingSection below:
                    merged = merged.With(key, section.Over(below));
                    break;
                default:
                    merged = merged.With(key, child);
                    break;
            }
        }

        return merged;
    }
}
