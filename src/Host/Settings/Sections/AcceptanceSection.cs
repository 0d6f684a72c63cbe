using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.acceptance</c>.</summary>
internal static class AcceptanceSection
{
    private static readonly SettingKind<double?> MaxNorm = SettingKinds.OrWord("none", SettingKinds.Positive);

    public static AcceptanceSettings Read(SectionReader section) => new(section.Read("max-norm", MaxNorm));
}
