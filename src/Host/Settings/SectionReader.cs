namespace FedActors.Host.Settings;

/// <summary>Reads the values of one section, and collects what is wrong with them instead of stopping at the first.</summary>
internal sealed class SectionReader
{
    private readonly SettingSection _section;
    private readonly SettingSection _reference;
    private readonly string _path;
    private readonly ICollection<SettingsProblem> _problems;

    /// <summary>A reader of a section.</summary>
    /// <param name="section">The settings, complete.</param>
    /// <param name="reference">The defaults, which stand in for a value that is wrong.</param>
    /// <param name="path">The name of the section.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public SectionReader(SettingSection section, SettingSection reference, string path, ICollection<SettingsProblem> problems)
    {
        _section = section;
        _reference = reference;
        _path = path;
        _problems = problems;
    }

    /// <summary>The keys of the section.</summary>
    public IEnumerable<string> Keys => _section.Children.Select(child => child.Key);

    /// <summary>The reader of a section inside this one.</summary>
    public SectionReader Section(string key) =>
        new(_section.Section(key), _reference.Section(key), SettingPath.Append(_path, key), _problems);

    /// <summary>The value at <paramref name="key"/>; the default where the value is wrong, which is reported.</summary>
    public T Read<T>(string key, SettingKind<T> kind)
    {
        var node = Node(key);
        if (kind.TryRead(node, out var value))
        {
            return value;
        }

        Reject(key, $"must be {kind.Allowed}");
        return _reference.Find(key) is { } standard && kind.TryRead(standard, out var fallback)
            ? fallback
            : throw new InvalidOperationException($"reference.conf has no valid value for {SettingPath.Append(_path, key)}.");
    }

    /// <summary>Reports that the value at <paramref name="key"/> can't be used.</summary>
    /// <param name="key">The key.</param>
    /// <param name="demand">What is allowed; completes the sentence "x is '1', but …".</param>
    public void Reject(string key, string demand)
    {
        var node = Node(key);
        var shown = node switch
        {
            SettingText { Text: { } text } => $"'{text}'",
            SettingText => "null",
            SettingList list => $"a list of {list.Items.Length}",
            _ => "a section",
        };
        _problems.Add(new SettingsProblem(node.Origin, $"{SettingPath.Append(_path, key)} is {shown}, but {demand}."));
    }

    private SettingNode Node(string key) =>
        _section.Find(key) ?? throw new InvalidOperationException($"reference.conf lacks {SettingPath.Append(_path, key)}.");
}
