namespace FedActors.Host.Settings;

/// <summary>Where a setting was written.</summary>
/// <param name="Source">A file name, or the command-line option.</param>
/// <param name="Line">The line in the file, from 1; null where there is none.</param>
internal sealed record SettingOrigin(string Source, int? Line = null)
{
    /// <summary>The defaults.</summary>
    public static SettingOrigin Reference { get; } = new("reference.conf");

    public override string ToString() => Source == Reference.Source ? "by default" : Line is { } line ? $"{Source}, line {line}" : Source;
}
