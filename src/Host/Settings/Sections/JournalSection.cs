using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.journal</c>.</summary>
internal static class JournalSection
{
    public static JournalSettings Read(SectionReader section) =>
        new(
            section.Read("interval", SettingKinds.Duration(least: TimeSpan.Zero)),
            section.Read("version-memory", SettingKinds.Size));
}
