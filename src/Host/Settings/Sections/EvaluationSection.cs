using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.evaluation</c>.</summary>
internal static class EvaluationSection
{
    private static readonly SettingKind<int?> WatchClass = SettingKinds.OrWord("none", SettingKinds.Integer(0));

    public static EvaluationSettings Read(SectionReader section) =>
        new(section.Read("every", SettingKinds.Rounds), section.Read("watch-class", WatchClass));
}
