using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.cadence</c>.</summary>
internal static class CadenceSection
{
    private static readonly SettingKind<CadencePolicy> Policy = SettingKinds.Choice(
        ("rounds", CadencePolicy.Rounds),
        ("synchronous", CadencePolicy.Synchronous),
        ("buffered", CadencePolicy.Buffered),
        ("immediate", CadencePolicy.Immediate));

    public static CadenceSettings Read(SectionReader section, TimeSpan roundDuration)
    {
        var deadline = section.Read("deadline", SettingKinds.OrWord("none", SettingKinds.RoundsOrDuration(roundDuration)));
        if (deadline == TimeSpan.Zero)
        {
            section.Reject("deadline", "must be above 0, or none");
        }

        return new CadenceSettings(
            section.Read("policy", Policy),
            section.Read("quorum", SettingKinds.Share),
            deadline,
            section.Read("buffer", SettingKinds.Integer(1)));
    }
}
